//! Styles: `styles/main.css` and all that it imports become one small file, `styles/later.css` and `styles/pieces.css`
//! others.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

/// The oldest browsers served: those that have container queries, layers and native gzip streams.
///
/// Versions are `major << 16 | minor << 8`, as the library wants them.
fn oldest_browsers() -> Targets {
    Targets::from(Browsers {
        chrome: Some(105 << 16),
        android: Some(105 << 16),
        samsung: Some(20 << 16),
        firefox: Some(113 << 16),
        safari: Some(16 << 16 | 4 << 8),
        ios_saf: Some(16 << 16 | 4 << 8),
        ..Browsers::default()
    })
}

/// Bundles and minifies. An unknown import or a syntax error names file, line and column.
pub fn bundle(main: &Path) -> Result<Vec<u8>> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("{error}"))?;
    let targets = oldest_browsers();
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|error| anyhow!("{error}"))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() });
    Ok(printed.map_err(|error| anyhow!("{error}"))?.code.into_bytes())
}
