//! Bytes of a file that lie in pieces, as one address of this page. Each piece goes to the browser's own keeping before
//! the next is read: a page has no memory for a film.

use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag, Url};

/// What was given to the browser of a file so far.
#[derive(Default)]
pub struct Parts(Array);

impl Parts {
    /// Gives it the next piece; `None` if it has no room for it.
    pub fn add(&self, bytes: &Uint8Array) -> Option<()> {
        self.0.push(Blob::new_with_u8_array_sequence(&Array::of1(bytes)).ok()?.as_ref());
        Some(())
    }

    /// The address of all of it, as bytes of a kind. It is to be given back when nobody needs it any more.
    pub fn address(&self, kind: &str) -> Option<String> {
        let bag = BlobPropertyBag::new();
        bag.set_type(kind);
        let blob = Blob::new_with_blob_sequence_and_options(&self.0, &bag).ok()?;
        Url::create_object_url_with_blob(&blob).ok()
    }
}
