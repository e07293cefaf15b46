//! Names and version of what is in the store, each written once, and the steps between versions.
//!
//! A step may clear what the centre can give again (`base`, `views`, cursors); it never touches
//! `outbox`, `kept` and `chunks`. Steps only add: an older version of the app opens a newer store.

use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbObjectStoreParameters, IdbTransaction};

/// The database.
pub const DATABASE: &str = "lantoa";
/// The version this code writes.
pub const VERSION: u32 = 3;

/// Device, person, epoch, cursors, places: small things by name.
pub const META: &str = "meta";
/// Ops of this device that are not settled; the key is the op's number, given by the store itself
/// and never given twice.
pub const OUTBOX: &str = "outbox";
/// What the centre sent, by kind, bucket and id.
pub const BASE: &str = "base";
/// What is known of each row of [`BASE`], by bucket, in pages as they came.
pub const OUTLINES: &str = "outlines";
/// Where the second version kept the numbers of rows; empty since.
pub const VERSIONS: &str = "versions";
/// Ops that are settled and that no backup of the centre covers yet, by op id: this may be their only copy.
pub const KEPT: &str = "kept";
/// Bytes of files, in pieces: of own work, and of what lies here of the library.
pub const CHUNKS: &str = "chunks";
/// Last answers of the centre, kept to be read without a network.
pub const VIEWS: &str = "views";

/// Brings a database from version `from` to [`VERSION`].
pub fn upgrade(database: &IdbDatabase, transaction: &IdbTransaction, from: u32) -> Result<(), JsValue> {
    if from < 1 {
        for name in [META, BASE, CHUNKS, VIEWS] {
            database.create_object_store(name)?;
        }
        let numbered = IdbObjectStoreParameters::new();
        numbered.set_auto_increment(true);
        database.create_object_store_with_optional_parameters(OUTBOX, &numbered)?;
    }
    if from < 2 {
        for name in [VERSIONS, KEPT] {
            database.create_object_store(name)?;
        }
    }
    if from < 3 {
        database.create_object_store(OUTLINES)?;
        if from > 0 {
            super::upgrade::outline_rows(transaction)?;
        }
    }
    Ok(())
}
