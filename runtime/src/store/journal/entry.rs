//! What a batch is made of: records, and the source text of workflows.
//!
//! ```text
//! length u32 | kind u32 | number u64 | length of workflow u32 | of instance u32
//! workflow | instance | content
//! ```
//!
//! A record's number is its version; its content stays as it is until somebody asks for the
//! record. A source has the fingerprint for a number, and no instance.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use super::bytes::{Reading, put};
use super::record::Part;
use crate::store::{InstanceId, StoredRecord};

/// How long an entry is without its names and its content.
const HEAD: usize = 24;

/// Where the key begins: the names with their lengths.
const KEY: usize = 16;

/// A record as JSON, as format 1 had it.
const JSON: u32 = 1;
const SOURCE: u32 = 2;
const RECORD: u32 = 3;

/// A whole entry, by itself or in a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry<'a> {
    Record(Record<'a>),
    Source {
        workflow: &'a str,
        fingerprint: u64,
        text: &'a str,
        bytes: &'a [u8],
    },
}

/// An entry that is a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    pub(super) version: u64,
    /// The names of workflow and instance, as they stand in the entry.
    pub(super) key: &'a [u8],
    pub(super) bytes: &'a [u8],
}

/// Takes the next entry off the front; `None` if there is none that makes sense.
pub(super) fn next<'a>(rest: &mut Reading<'a>) -> Option<Entry<'a>> {
    let length = rest.clone().u32()?;
    let bytes = rest.bytes(usize::try_from(length).ok()?)?;
    parse(bytes)
}

pub(super) fn parse(bytes: &[u8]) -> Option<Entry<'_>> {
    let mut reading = Reading(bytes);
    let _length = reading.u32()?;
    let kind = reading.u32()?;
    let number = reading.u64()?;
    let workflow = usize::try_from(reading.u32()?).ok()?;
    let instance = usize::try_from(reading.u32()?).ok()?;
    let names = bytes.get(HEAD..)?.get(..workflow.checked_add(instance)?)?;
    let content = bytes.get(HEAD + names.len()..)?;
    let (workflow, instance) = names.split_at_checked(workflow)?;
    let workflow = str::from_utf8(workflow).ok()?;
    match kind {
        RECORD | JSON => str::from_utf8(instance).ok().map(|_| {
            Entry::Record(Record {
                version: number,
                key: bytes.get(KEY..HEAD + names.len()).unwrap_or_default(),
                bytes,
            })
        }),
        SOURCE => Some(Entry::Source {
            workflow,
            fingerprint: number,
            text: str::from_utf8(content).ok()?,
            bytes,
        }),
        _ => None,
    }
}

/// How much memory a thread keeps for that.
const LARGEST_DRAFT: usize = 64 * 1024;

thread_local! {
    /// Where entries are made, so that each takes no more memory than it is long.
    static DRAFT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A record's entry; `None` if it is longer than the format can say.
pub(super) fn record(
    instance: &InstanceId,
    version: u64,
    write: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>,
) -> serde_json::Result<Option<Kept>> {
    DRAFT.with_borrow_mut(|bytes| {
        bytes.clear();
        bytes.shrink_to(LARGEST_DRAFT);
        head(
            bytes,
            RECORD,
            version,
            &instance.workflow,
            &instance.instance,
        );
        write(bytes)?;
        Ok(finish(bytes).map(Kept))
    })
}

/// A source's entry; `None` if it is longer than the format can say.
pub(super) fn source(workflow: &str, fingerprint: u64, text: &str) -> Option<Box<[u8]>> {
    let mut bytes = Vec::new();
    head(&mut bytes, SOURCE, fingerprint, workflow, "");
    bytes.extend_from_slice(text.as_bytes());
    finish(&mut bytes)
}

/// The key under which an instance's record is kept.
pub(super) fn key(instance: &InstanceId) -> Vec<u8> {
    let mut bytes = Vec::new();
    head(
        &mut bytes,
        RECORD,
        0,
        &instance.workflow,
        &instance.instance,
    );
    bytes.split_off(KEY)
}

fn head(bytes: &mut Vec<u8>, kind: u32, number: u64, workflow: &str, instance: &str) {
    let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes();
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(&kind.to_le_bytes());
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes.extend_from_slice(&length(workflow));
    bytes.extend_from_slice(&length(instance));
    bytes.extend_from_slice(workflow.as_bytes());
    bytes.extend_from_slice(instance.as_bytes());
}

fn finish(bytes: &mut [u8]) -> Option<Box<[u8]>> {
    let length = u32::try_from(bytes.len()).ok()?;
    put(bytes, 0, &length.to_le_bytes());
    Some((&*bytes).into())
}

/// The entry of an instance's current record, which is found by its key.
#[derive(Clone, Debug)]
pub(super) struct Kept(Box<[u8]>);

impl Kept {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn key(&self) -> &[u8] {
        key_of(&self.0)
    }

    pub(super) fn version(&self) -> u64 {
        Reading(self.0.get(8..).unwrap_or_default())
            .u64()
            .unwrap_or(0)
    }

    /// The record; `None` if it makes no sense.
    pub(super) fn decode(&self) -> Option<StoredRecord> {
        let kind = Reading(self.0.get(4..)?).u32()?;
        let content = self.0.get(KEY + self.key().len()..)?;
        match kind {
            JSON => serde_json::from_slice(content).ok(),
            _ => StoredRecord::read(&mut Reading(content)),
        }
    }
}

impl From<Record<'_>> for Kept {
    fn from(record: Record<'_>) -> Self {
        Self(record.bytes.into())
    }
}

impl Borrow<[u8]> for Kept {
    fn borrow(&self) -> &[u8] {
        self.key()
    }
}

impl Hash for Kept {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Kept {}

/// The key of an entry that begins there.
pub(super) fn key_of(bytes: &[u8]) -> &[u8] {
    let mut lengths = Reading(bytes.get(KEY..).unwrap_or_default());
    let names = lengths.u32().unwrap_or(0) as usize + lengths.u32().unwrap_or(0) as usize;
    bytes.get(KEY..HEAD + names).unwrap_or_default()
}

/// The workflow that a key names.
pub(super) fn workflow(key: &[u8]) -> &str {
    let length = Reading(key).u32().unwrap_or(0) as usize;
    let names = key.get(HEAD - KEY..).unwrap_or_default();
    let workflow = names.get(..length).unwrap_or_default();
    str::from_utf8(workflow).unwrap_or_default()
}

/// The instance that a key names.
pub(super) fn instance(key: &[u8]) -> InstanceId {
    let workflow = workflow(key);
    let names = key.get(HEAD - KEY..).unwrap_or_default();
    let instance = names.get(workflow.len()..).unwrap_or_default();
    InstanceId::new(workflow, String::from_utf8_lossy(instance))
}
