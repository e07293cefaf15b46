//! Pictures among the files of a record: read to be edited, and put in the place of what they were.

use super::{Report, Unattached};
use crate::{
    api,
    sync::{Readiness, decoded, jpeg, jpeg_name},
};
use js_sys::Array;
use lantoa_shared::{op::Path, value::FileRef};
use web_sys::{Blob, BlobPropertyBag, File, FilePropertyBag, HtmlCanvasElement, HtmlImageElement, Url};

impl Report {
    /// A picture as the browser reads it. What is not on this device is asked of the centre; `None` if that has it
    /// neither, cannot be reached, or no picture comes of the bytes.
    pub async fn picture(self, file: &FileRef) -> Option<HtmlImageElement> {
        let core = self.live()?;
        let bytes = match core.engine.store.file(&file.sha256).await.ok()? {
            Some(bytes) => bytes,
            None => api::file_bytes(&api::file_address(&file.sha256), 0, file.size.max(1)).await.ok()?.0,
        };
        let about = BlobPropertyBag::new();
        about.set_type(&file.mime);
        decoded(&Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &about).ok()?).await
    }

    /// An address for a picture that is looked at: in this page if its bytes are here, else at the centre, which has a
    /// small one. It is given back with [`give_back`](crate::state::give_back).
    pub async fn picture_address(self, file: &FileRef) -> Option<String> {
        let core = self.live()?;
        let Some(bytes) = core.engine.store.file(&file.sha256).await.ok()? else {
            return Some(api::small_address(&file.sha256));
        };
        let about = BlobPropertyBag::new();
        about.set_type(&file.mime);
        let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &about).ok()?;
        Url::create_object_url_with_blob(&blob).ok()
    }

    /// Keeps what was drawn of a picture, and names it in the place of the picture.
    ///
    /// # Errors
    /// Why it is not kept; the field names what it named before.
    pub async fn exchange(
        self,
        path: &Path,
        old: &FileRef,
        drawn: &HtmlCanvasElement,
    ) -> Result<(), Unattached> {
        let core = self.live().ok_or(Unattached::NotKept)?;
        let bytes = jpeg(drawn).await.ok_or(Unattached::Unreadable)?;
        let about = FilePropertyBag::new();
        about.set_type("image/jpeg");
        let file =
            File::new_with_blob_sequence_and_options(&Array::of1(&bytes), &jpeg_name(&old.name), &about)
                .map_err(|_| Unattached::Unreadable)?;
        let kept = core.engine.keep_file(file, &core.person.id, Readiness::Drawn).await?;
        core.exchange(path, &old.sha256, kept).await;
        Ok(())
    }
}
