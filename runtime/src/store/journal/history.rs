//! The records of one instance, from the segments; the newest segment first.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::ops::Range;
use std::thread;

use tokio::sync::oneshot;

use super::batch::StoreId;
use super::codec::decode;
use super::entry::{Entry, Kept};
use super::epoch::Epoch;
use super::files::{Files, is_missing, name};
use super::header::Kind;
use super::part::{Part, parts};
use super::replay::check_store;
use crate::store::{StoreError, StoredRecord};

/// How often reading begins again because files were removed or written anew meanwhile.
const TRIES: usize = 20;

/// Which records of an instance are kept: the newest `retention` ones up to a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Newest {
    pub(super) version: u64,
    pub(super) retention: u64,
}

impl Newest {
    fn count(self) -> u64 {
        self.version.min(self.retention)
    }

    fn has(self, version: u64) -> bool {
        version <= self.version && self.version < self.retention.saturating_add(version)
    }

    /// Whether all of them were found.
    fn are_all(self, found: &[StoredRecord]) -> bool {
        found.len() as u64 == self.count()
    }
}

/// The records of an instance that are kept, oldest first. Which ones that is, is asked at once,
/// and again if some were not found: commits that follow make older records superfluous, and
/// they may be gone before they are read.
pub(super) fn kept<F>(
    files: Files,
    key: Vec<u8>,
    mut ask: impl FnMut() -> F,
) -> impl Future<Output = Result<Vec<StoredRecord>, StoreError>>
where
    F: Future<Output = Result<Newest, StoreError>>,
{
    let asked = ask();
    async move {
        let mut newest = asked.await?;
        let mut tries = 0;
        loop {
            let found = on_a_thread(&files, &key, newest).await;
            let may_have_missed = match &found {
                Ok(found) => !newest.are_all(found),
                Err(error) => matches!(error, StoreError::Corrupt { .. }),
            };
            if !may_have_missed || tries == TRIES {
                return found;
            }
            let now = ask().await?;
            if now == newest {
                return found;
            }
            newest = now;
            tries += 1;
        }
    }
}

async fn on_a_thread(
    files: &Files,
    key: &[u8],
    newest: Newest,
) -> Result<Vec<StoredRecord>, StoreError> {
    let (reply, result) = oneshot::channel();
    let (files, key) = (files.clone(), key.to_owned());
    thread::Builder::new()
        .name("inflight-history".to_owned())
        .spawn(move || {
            // Nobody waits for it any more if this fails.
            drop(reply.send(read(&files, &key, newest)));
        })
        .map_err(|error| StoreError::io("start a thread", error))?;
    result.await.unwrap_or(Err(StoreError::Closed))
}

/// Reads these records, oldest first.
pub(super) fn read(
    files: &Files,
    key: &[u8],
    newest: Newest,
) -> Result<Vec<StoredRecord>, StoreError> {
    let mut tries = 0;
    loop {
        match collect(files, key, newest) {
            Err(error) if is_missing(&error) && tries < TRIES => tries += 1,
            found => return found,
        }
    }
}

fn collect(
    files: &Files,
    key: &[u8],
    Newest { version, retention }: Newest,
) -> Result<Vec<StoredRecord>, StoreError> {
    if version == 0 {
        return Ok(Vec::new());
    }
    let mut records: VecDeque<StoredRecord> = VecDeque::new();
    // The version of the oldest record that was found; the next one precedes it.
    let mut oldest = version + 1;
    let first = oldest.saturating_sub(retention).max(1);
    let (epoch, _) = Epoch::open(files, false)?;
    // Whether a segment was written anew, from that of the oldest record to this one.
    let mut trimmed = false;
    'segments: for (id, part) in parts(files)? {
        let part = part?;
        let name = name(Kind::Segment, id);
        let is_anew = part.header.end.is_some();
        trimmed |= is_anew;
        // Fewer may have been kept once: then what precedes was dropped, and older ones that
        // are still there are no history any more.
        let mut may_end = trimmed && !records.is_empty();
        let found = within(files, &part, epoch.store, key, first..oldest)?;
        for record in found.into_iter().rev() {
            if record.version() + 1 != oldest {
                match may_end {
                    true => break 'segments,
                    false => return Err(files.damaged(&name, 0, "a record does not follow")),
                }
            }
            (may_end, trimmed) = (false, is_anew);
            oldest = record.version();
            records.push_front(decode(files, &record)?);
        }
        if oldest <= first {
            break;
        }
    }
    match records.is_empty() {
        true => Err(StoreError::Corrupt {
            path: files.path.clone(),
            detail: "the history lacks a current record".to_owned(),
        }),
        false => Ok(records.into()),
    }
}

/// The histories of the instances with these keys, in one pass over the segments. Any of which
/// not all was found is left out, and so are all after an error: it is read by itself then.
pub(super) fn read_together(
    files: &Files,
    wanted: &HashMap<Vec<u8>, Newest>,
) -> HashMap<Vec<u8>, Vec<StoredRecord>> {
    let found = collect_together(files, wanted).unwrap_or_default();
    let whole = found.into_iter().filter_map(|(key, mut records)| {
        records.sort_unstable_by_key(Kept::version);
        let follows = |pair: &[Kept]| matches!(pair, [a, b] if a.version() + 1 == b.version());
        if !records.windows(2).all(follows) {
            return None;
        }
        let records: Result<Vec<_>, _> = records.iter().map(|it| decode(files, it)).collect();
        let records = records.ok()?;
        let is_whole = wanted.get(&key).is_some_and(|it| it.are_all(&records));
        is_whole.then_some((key, records))
    });
    whole.collect()
}

fn collect_together(
    files: &Files,
    wanted: &HashMap<Vec<u8>, Newest>,
) -> Result<HashMap<Vec<u8>, Vec<Kept>>, StoreError> {
    let mut lacking: u64 = wanted.values().copied().map(Newest::count).sum();
    let mut found: HashMap<Vec<u8>, Vec<Kept>> = HashMap::new();
    let (epoch, _) = Epoch::open(files, false)?;
    for (_, part) in parts(files)? {
        if lacking == 0 {
            break;
        }
        let part = part?;
        check_store(files, &part.header, epoch.store)?;
        part.each(files, |_, batch| {
            for entry in batch.entries() {
                let Some(Entry::Record(record)) = entry else {
                    continue;
                };
                let is_kept = |newest: &Newest| newest.has(record.version);
                if wanted.get(record.key).is_some_and(is_kept) {
                    lacking = lacking.saturating_sub(1);
                    let records = found.entry(record.key.to_vec()).or_default();
                    records.push(record.into());
                }
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// The records of an instance that are in a segment, oldest first.
fn within(
    files: &Files,
    part: &Part,
    store: StoreId,
    key: &[u8],
    versions: Range<u64>,
) -> Result<Vec<Kept>, StoreError> {
    check_store(files, &part.header, store)?;
    let mut found = Vec::new();
    part.each(files, |_, batch| {
        for entry in batch.entries() {
            match entry {
                Some(Entry::Record(record))
                    if record.key == key && versions.contains(&record.version) =>
                {
                    found.push(record.into());
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(found)
}
