//! Files that another app of the device handed over, in the cache where the service worker laid them, until a person
//! says where they belong.
//!
//! Invariant: a file leaves the tray only when somebody took it out; whoever keeps it keeps it first.

use crate::prelude::*;
use js_sys::{Array, decode_uri_component};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Cache, File, FilePropertyBag, Request, Response};

/// The cache, as the service worker calls it.
const TRAY: &str = "shared";
/// The header in which the service worker wrote a file's name, with its signs escaped.
const NAME: &str = "x-name";

/// A file in the tray.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    address: String,
    /// The name that the other app gave it.
    pub name: String,
}

/// What lies in the tray, in the order in which it came; nothing where a browser has no such caches.
pub async fn handed_over() -> Vec<Handed> {
    let mut handed = Vec::new();
    let Some(tray) = open().await else { return handed };
    let Ok(requests) = JsFuture::from(tray.keys()).await else { return handed };
    for request in requests.unchecked_into::<Array>().iter() {
        let address = request.unchecked_into::<Request>().url();
        let name = found(&tray, &address).await.map(|(name, _)| name);
        handed.extend(name.map(|name| Handed { address, name }));
    }
    handed
}

/// A file of the tray, with the bytes and the type that the other app gave it; `None` if it is gone.
pub async fn file_of(handed: &Handed) -> Option<File> {
    let (name, response) = found(&open().await?, &handed.address).await?;
    let bytes: Blob = JsFuture::from(response.blob().ok()?).await.ok()?.dyn_into().ok()?;
    let about = FilePropertyBag::new();
    about.set_type(&bytes.type_());
    File::new_with_blob_sequence_and_options(&Array::of1(&bytes), &name, &about).ok()
}

/// Takes a file out of the tray.
pub async fn take_out(handed: &Handed) {
    if let Some(tray) = open().await {
        let _ = JsFuture::from(tray.delete_with_str(&handed.address)).await;
    }
}

async fn open() -> Option<Cache> {
    // Without TLS there are no caches, and no service worker that would lay anything there.
    let caches = window().caches().ok()?;
    JsFuture::from(caches.open(TRAY)).await.ok()?.dyn_into().ok()
}

async fn found(tray: &Cache, address: &str) -> Option<(String, Response)> {
    let response: Response = JsFuture::from(tray.match_with_str(address)).await.ok()?.dyn_into().ok()?;
    let name = decode_uri_component(&response.headers().get(NAME).ok()??).ok()?;
    Some((name.into(), response))
}
