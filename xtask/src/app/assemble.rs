//! From parts to a site: which file gets which name, and what each must know about the others.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::placeholders::fill;
use super::script::minify;
use super::{Files, fingerprint, name, split, styles, worker};
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
    let mut add_hashed = |stem: &str, extension, bytes: &[u8], fits: &[u8]| {
        let name = name::hashed(stem, extension, &[bytes, fits].concat());
        site.insert(name.clone(), bytes.to_vec());
        name
    };
    let first = part(code, "app_bg.wasm")?;
    let app_wasm = add_hashed("app", "wasm", &first, &[]);
    let styles = styles::bundle(&place::public().join("styles/main.css"))?;
    let styles = add_hashed("styles", "css", &styles, &[]);
    let later_styles = styles::bundle(&place::public().join("styles/later.css"))?;
    let later_styles = add_hashed("later", "css", &later_styles, &[]);
    let piece_styles = styles::bundle(&place::public().join("styles/pieces.css"))?;
    let piece_styles = add_hashed(split::PIECE_STYLES, "css", &piece_styles, &[]);
    // A piece fits one first piece only, so its name must change with that one as well.
    let pieces: Vec<(&str, String)> = split::pieces(code)
        .map(|(file, stem, bytes)| (file, add_hashed(&stem, "wasm", bytes, &first)))
        .collect();
    let [app_js, link_js] = scripts(code, &pieces)?;
    let addresses =
        [&app_js.0, &app_wasm, &styles, &later_styles, &piece_styles].map(|name| format!("/{name}"));
    let [app_js_address, app_wasm, styles, later_styles, piece_styles] =
        addresses.each_ref().map(String::as_str);
    site.extend([app_js.clone(), link_js]);
    // Snippets of crates are imported by the code under their own names, which hold hashes already.
    let snippets = code.iter().filter(|(name, _)| name.starts_with("snippets/"));
    site.extend(snippets.map(|(name, bytes)| (name.clone(), bytes.clone())));

    // Of templates, before the version is written into them: the version cannot depend on itself.
    let version = fingerprint::version(&site);
    let mut values = vec![
        ("app_js", app_js_address),
        ("app_wasm", app_wasm),
        ("styles", styles),
        ("later_styles", later_styles),
        ("piece_styles", piece_styles),
        ("version", &version),
    ];
    let boot = short("boot.js", &fill("boot.js", &template(&mut site, "boot.js")?, &values)?)?;
    let boot_js = name::hashed("boot", "js", &boot);
    site.insert(boot_js.clone(), boot);
    let boot_js = format!("/{boot_js}");
    values.push(("boot_js", &boot_js));
    let page = without_comments(&fill("index.html", &template(&mut site, "index.html")?, &values)?);
    site.insert("index.html".to_owned(), page);
    let worker = template(&mut site, worker::FILE)?;
    let worker = short(worker::FILE, &worker::write(&worker, &site, &values)?)?;
    site.insert(worker::FILE.to_owned(), worker);
    Ok(site)
}

/// The code's script and the one that fetches pieces, under their names. Each imports the other by name, so that
/// neither name can hold a hash of its own file only: both hold that of the two as they were bound.
fn scripts(code: &Files, pieces: &[(&str, String)]) -> Result<[(String, Vec<u8>); 2]> {
    let text =
        |name: &str| String::from_utf8(part(code, name)?).with_context(|| format!("{name} is no text"));
    let (app, mut link) = (text("app.js")?, text(split::LINK)?);
    for (file, name) in pieces {
        link = link.replace(file, name);
    }
    let both = format!("{app}{link}");
    let [app_name, link_name] = ["app", "pieces"].map(|stem| name::hashed(stem, "js", both.as_bytes()));
    // Only where it says from which file: the WebAssembly knows the script by its first name.
    let renamed = |text: &str, old: &str, new: &str| {
        text.replace(&format!("from\"./{old}\""), &format!("from\"./{new}\"")).into_bytes()
    };
    let (app, link) = (renamed(&app, split::LINK, &link_name), renamed(&link, split::MAIN, &app_name));
    Ok([(app_name, app), (link_name, link)])
}

fn part(code: &Files, name: &str) -> Result<Vec<u8>> {
    code.get(name).cloned().with_context(|| format!("the binding made no {name}"))
}

fn template(site: &mut Files, name: &str) -> Result<Vec<u8>> {
    site.remove(name).with_context(|| format!("public/{name} is missing"))
}

/// A script that was filled, for phones.
fn short(name: &str, filled: &str) -> Result<Vec<u8>> {
    Ok(minify(name, filled)?.into_bytes())
}

/// A page without indentation and the lines that only people read: phones would download them.
fn without_comments(page: &str) -> Vec<u8> {
    let is_for_phones = |line: &&str| !(line.starts_with("<!--") && line.ends_with("-->"));
    let lines: Vec<&str> = page.lines().map(str::trim).filter(is_for_phones).collect();
    (lines.join("\n") + "\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn only_lines_that_are_nothing_but_comments_go() {
        let page = "<!-- c -->\n  <p> <!-- stays -->\n</p>";
        assert_eq!(without_comments(page), b"<p> <!-- stays -->\n</p>\n");
    }
}
