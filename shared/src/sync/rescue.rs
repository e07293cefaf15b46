//! The rescue file: what one person did on a device and the centre has not settled, to be carried elsewhere.
//!
//! Every op keeps the id and the bytes it was made with, and is later sent under the device that made it:
//! other ops name it by that id, and if the first device sends it too the centre takes it once. So opening a
//! file can neither lose nor double anything. What is not whole is not taken at all.

use crate::{date::Date, op::Dot, sync::device::hash};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// What tells a rescue file from any other.
const FORMAT: &str = "lan-toa-rescue";
/// The version this code writes. A reader of another version says so instead of guessing.
pub const VERSION: u64 = 1;
/// Largest number a device can give an op.
const MAX_N: u64 = (1 << 53) - 1;

/// What a rescue file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rescue {
    /// When it was written, in milliseconds since 1970.
    pub made_at: i64,
    /// The centre's epoch as the device knew it; empty if that is not said. Outside the checksum: versions that do
    /// not know it count without it.
    pub epoch: String,
    /// Whose ops it holds: the person's id.
    pub person: String,
    /// What that person signs in with.
    pub account: String,
    /// That person's name.
    pub name: String,
    /// The unit for which that person works.
    pub unit: String,
    /// The ops, in the order in which they were done.
    pub ops: Vec<RescuedOp>,
    /// Bytes of files that the ops name and the centre does not have.
    pub files: Vec<RescuedFile>,
    /// What the person wrote about records and no step took along: record and text. Outside the checksum, with one of
    /// their own, for the same reason.
    pub remarks: Vec<(String, String)>,
    /// What the person recorded and did not attach. Outside the checksum as well, each with hashes of its own.
    pub recordings: Vec<RescuedRecording>,
}

/// One op with its identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RescuedOp {
    /// The device that made it and the number it has there.
    pub dot: Dot,
    /// Its bytes, as they were made once.
    pub body: String,
}

/// The bytes of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RescuedFile {
    /// Their SHA-256, lower-case hex.
    pub sha256: String,
    /// The bytes.
    pub base64: String,
}

/// A recording that was not attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RescuedRecording {
    /// What its device noted of it: for which field of which record, of which type, when, how long.
    pub note: String,
    /// Its bytes.
    pub bytes: RescuedFile,
}

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RescueTrouble {
    /// It is no rescue file.
    NotOurs,
    /// A newer version of the app wrote it.
    Newer,
    /// Its end is missing.
    CutOff,
    /// Something in it was changed after it was written.
    Changed,
    /// So many-th op in it was changed after it was written, counted from 1.
    OpChanged(usize),
    /// It belongs to somebody else.
    OtherPerson {
        /// Their name.
        name: String,
        /// What they sign in with.
        account: String,
        /// Their unit.
        unit: String,
    },
}

impl Rescue {
    /// The text of the file. Its keys stand in no order on which a reader may rely.
    pub fn write(&self) -> String {
        let op =
            |op: &RescuedOp| json!({"dot": op.dot.to_string(), "sha256": hash(&op.body), "body": op.body});
        let file = |file: &RescuedFile| json!({"sha256": file.sha256, "base64": file.base64});
        let recording = |it: &RescuedRecording| json!({"note": it.note, "note_sha256": hash(&it.note), "sha256": it.bytes.sha256, "base64": it.bytes.base64});
        let remark = |(record, text): &(String, String)| json!({"record": record, "text": text, "sha256": hash(&format!("{record}\0{text}"))});
        json!({
            "format": FORMAT,
            "version": VERSION,
            "made_at": self.made_at,
            "epoch": self.epoch,
            "person": {"id": self.person, "account": self.account, "name": self.name},
            "unit": self.unit,
            "ops": self.ops.iter().map(op).collect::<Vec<Value>>(),
            "uploads": self.files.iter().map(file).collect::<Vec<Value>>(),
            "sha256": self.checksum(),
            "remarks": self.remarks.iter().map(remark).collect::<Vec<Value>>(),
            "recordings": self.recordings.iter().map(recording).collect::<Vec<Value>>(),
        })
        .to_string()
    }

    /// Reads a file that `person` opened.
    ///
    /// # Errors
    /// The first thing that is wrong with it; then nothing of it may be used.
    pub fn read(text: &str, person: &str) -> Result<Self, RescueTrouble> {
        // Some programs put a mark before the text when they save it.
        let text = text.trim_start_matches('\u{feff}');
        let is_ours = text.contains(FORMAT);
        let Ok(file) = serde_json::from_str::<Value>(text) else {
            return Err(if is_ours { RescueTrouble::CutOff } else { RescueTrouble::NotOurs });
        };
        if file["format"] != FORMAT {
            return Err(RescueTrouble::NotOurs);
        }
        if file["version"].as_u64().is_none_or(|version| version > VERSION) {
            return Err(RescueTrouble::Newer);
        }
        let words = |value: &Value| value.as_str().map(str::to_owned).ok_or(RescueTrouble::Changed);
        let owner = &file["person"];
        let mut rescue = Self {
            made_at: file["made_at"].as_i64().ok_or(RescueTrouble::Changed)?,
            epoch: file["epoch"].as_str().unwrap_or_default().to_owned(),
            person: words(&owner["id"])?,
            account: words(&owner["account"])?,
            name: words(&owner["name"])?,
            unit: words(&file["unit"])?,
            ..Self::default()
        };
        for (place, op) in list(&file["ops"])?.iter().enumerate() {
            rescue.ops.push(read_op(op).ok_or(RescueTrouble::OpChanged(place + 1))?);
        }
        let bytes = |of: &Value| {
            Ok::<_, RescueTrouble>(RescuedFile {
                sha256: words(&of["sha256"])?,
                base64: words(&of["base64"])?,
            })
        };
        for file in list(&file["uploads"])? {
            rescue.files.push(bytes(file)?);
        }
        for recording in file["recordings"].as_array().into_iter().flatten() {
            let note = words(&recording["note"])?;
            if recording["note_sha256"] != hash(&note) {
                return Err(RescueTrouble::Changed);
            }
            rescue.recordings.push(RescuedRecording { note, bytes: bytes(recording)? });
        }
        for remark in file["remarks"].as_array().into_iter().flatten() {
            let (record, text) = (words(&remark["record"])?, words(&remark["text"])?);
            if remark["sha256"] != hash(&format!("{record}\0{text}")) {
                return Err(RescueTrouble::Changed);
            }
            rescue.remarks.push((record, text));
        }
        if file["sha256"] != rescue.checksum() {
            return Err(RescueTrouble::Changed);
        }
        if rescue.person != person {
            let Self { name, account, unit, .. } = rescue;
            return Err(RescueTrouble::OtherPerson { name, account, unit });
        }
        Ok(rescue)
    }

    /// SHA-256 over all that the file says, whatever its layout.
    fn checksum(&self) -> String {
        let mut sum = Sha256::new();
        let mut add = |text: &str| {
            sum.update(text.as_bytes());
            sum.update([0]);
        };
        add(&self.made_at.to_string());
        for text in [&self.person, &self.account, &self.name, &self.unit] {
            add(text);
        }
        for op in &self.ops {
            add(&op.dot.to_string());
            add(&op.body);
        }
        for file in &self.files {
            add(&file.sha256);
            add(&file.base64);
        }
        hex::encode(sum.finalize())
    }
}

fn list(value: &Value) -> Result<&Vec<Value>, RescueTrouble> {
    value.as_array().ok_or(RescueTrouble::Changed)
}

/// Reads an op if its id is one that the centre takes and its bytes are those that were written.
fn read_op(op: &Value) -> Option<RescuedOp> {
    let dot: Dot = op["dot"].as_str()?.parse().ok()?;
    let is_device = dot.device.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let body = op["body"].as_str()?;
    let is_whole = is_device && (1..=MAX_N).contains(&dot.n) && op["sha256"] == hash(body);
    is_whole.then(|| RescuedOp { dot, body: body.to_owned() })
}

/// What a file is called: `lan-toa-TH-0001-2026-11-23.json`.
pub fn file_name(unit: &str, day: Date) -> String {
    let unit: String = unit.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').collect();
    format!("lan-toa-{unit}-{day}.json")
}
