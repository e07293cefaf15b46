//! From parts to a site: which file gets which name, and what each must know about the others.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::placeholders::fill;
use super::{Files, fingerprint, name, styles, worker};
use crate::place;

/// Reads a folder with all that is below it, hidden files apart.
pub fn gather(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    gather_into(&mut files, folder, "")?;
    Ok(files)
}

fn gather_into(files: &mut Files, folder: &Path, prefix: &str) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))? {
        let entry = entry?;
        let file_name = entry.file_name().to_string_lossy().into_owned();
        if file_name.starts_with('.') {
            continue;
        }
        let name = format!("{prefix}{file_name}");
        if entry.file_type()?.is_dir() {
            gather_into(files, &entry.path(), &format!("{name}/"))?;
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Makes the site of bound code and the content of `public/`.
pub fn assemble(code: &Files, public: Files) -> Result<Files> {
    let mut site: Files = public.into_iter().filter(|(name, _)| !name.starts_with("styles/")).collect();
    let mut add_hashed = |stem, extension, bytes: Vec<u8>| {
        let name = name::hashed(stem, extension, &bytes);
        let address = format!("/{name}");
        site.insert(name, bytes);
        address
    };
    let part = |name: &str| code.get(name).cloned().with_context(|| format!("the binding made no {name}"));
    let app_wasm = add_hashed("app", "wasm", part("app_bg.wasm")?);
    let app_js = add_hashed("app", "js", part("app.js")?);
    let styles = add_hashed("styles", "css", styles::bundle(&place::public().join("styles/main.css"))?);
    // Snippets of crates are imported by the code under their own names, which hold hashes already.
    let snippets = code.iter().filter(|(name, _)| name.starts_with("snippets/"));
    site.extend(snippets.map(|(name, bytes)| (name.clone(), bytes.clone())));

    // Of templates, before the version is written into them: the version cannot depend on itself.
    let version = fingerprint::version(&site);
    let mut values =
        vec![("app_js", &*app_js), ("app_wasm", &*app_wasm), ("styles", &*styles), ("version", &*version)];
    let boot = fill("boot.js", &template(&mut site, "boot.js")?, &values)?;
    let boot_js = name::hashed("boot", "js", &boot);
    site.insert(boot_js.clone(), boot);
    let boot_js = format!("/{boot_js}");
    values.push(("boot_js", &boot_js));
    let page = fill("index.html", &template(&mut site, "index.html")?, &values)?;
    site.insert("index.html".to_owned(), page);
    let worker = template(&mut site, worker::FILE)?;
    let worker = worker::write(&worker, &site, &values)?;
    site.insert(worker::FILE.to_owned(), worker);
    Ok(site)
}

fn template(site: &mut Files, name: &str) -> Result<Vec<u8>> {
    site.remove(name).with_context(|| format!("public/{name} is missing"))
}
