//! Requests and answers on disk, a file each.
//!
//! A file is written aside, synced and renamed, so that one which is there is whole. The
//! names of requests order them by when they were made. What is done of many at once is
//! made durable at once: their files are synced at the same time, and their folder is once.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::fence::Fence;
use super::{Answer, Request};
use crate::chain::debug_in_words;

mod answered;
mod files;
mod together;

pub use answered::Answered;
use files::remove;

/// What follows the id in the name of a request.
const REQUEST: &str = ".request";

/// What follows it once somebody has begun to carry it out.
const BEGUN: &str = ".begun";

/// What follows the id in the name of an answer.
const ANSWER: &str = ".answer";

/// What follows it in the name of a request that is answered, which is kept beside its answer.
const ASKED: &str = ".asked";

/// The name of the file that says which owner may begin and answer requests.
const FENCE: &str = "fence";

/// How long an answer is kept for somebody to read it.
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The requests to the owner of a store, and the answers to them.
///
/// ```
/// use inflight::request::{Answer, Command, Request, RequestQueue};
/// use inflight::store::InstanceId;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let store = folder.path().join("state.db");
/// let queue = RequestQueue::of(&store);
/// let instance = InstanceId::new("unit", "mysql/0");
/// let request = Request::new(instance, Command::Retry { execution: None });
/// queue.add(&request)?;
///
/// // In the process that owns the store; `drive` and `run` do this by themselves.
/// for pending in queue.pending()? {
///     let reason = "not today".to_owned();
///     queue.answer(&pending.id, &Answer::Refused { reason })?;
/// }
///
/// assert!(matches!(queue.answered(&request.id)?, Some(Answer::Refused { .. })));
/// queue.forget(&request.id)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct RequestQueue {
    folder: PathBuf,
    /// Returns when the names in a folder are durable.
    sync: fn(&Path) -> io::Result<()>,
}

/// A request that has no answer yet.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Its id, by the name of its file.
    pub id: String,
    /// The request, or why it cannot be understood.
    pub request: Result<Request, String>,
    /// When it was made, if the system says so.
    pub made: Option<SystemTime>,
    /// Whether a process has begun to carry it out: then it cannot be withdrawn any more. If
    /// that process has died, the next deals with it.
    pub begun: bool,
}

/// Why a request or an answer cannot be read or written.
#[derive(Clone, thiserror::Error)]
#[error("cannot {verb} `{}`", path.display())]
pub struct RequestError {
    verb: &'static str,
    path: PathBuf,
    source: Arc<io::Error>,
}

debug_in_words!(RequestError);

impl RequestQueue {
    /// The queue of the store at this path, which is that of a file or folder that exists:
    /// whatever links lead to it, it is the same queue.
    pub fn of(store: impl AsRef<Path>) -> Self {
        let store = store.as_ref();
        let store = fs::canonicalize(store).unwrap_or_else(|_| store.to_owned());
        let mut folder = store.into_os_string();
        folder.push(".requests");
        Self::at(folder)
    }

    /// The queue in this folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            sync: |folder| File::open(folder)?.sync_all(),
        }
    }

    /// Adds a request. It is durable when this returns.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn add(&self, request: &Request) -> Result<(), RequestError> {
        self.add_all(slice::from_ref(request)).into_iter().collect()
    }

    /// Adds requests, and says of each whether that went well. Those are durable when this
    /// returns. It takes little longer than [`add`](Self::add) takes for one.
    pub fn add_all(&self, requests: &[Request]) -> Vec<Result<(), RequestError>> {
        if let Err(error) = self.create() {
            return requests.iter().map(|_| Err(error.clone())).collect();
        }
        let requests = requests.iter().map(|request| (&*request.id, request));
        self.write_all(REQUEST, &requests.collect::<Vec<_>>())
    }

    /// The requests that have no answer, in the order in which they were made.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn pending(&self) -> Result<Vec<Pending>, RequestError> {
        let mut pending = Vec::new();
        // In this order, so that one that is begun meanwhile is seen at least once.
        for begun in [false, true] {
            for id in self.ids(suffix(begun))? {
                pending.extend(self.unanswered(id, begun));
            }
        }
        pending.sort_by(|a, b| (&a.id, b.begun).cmp(&(&b.id, a.begun)));
        pending.dedup_by(|second, first| second.id == first.id);
        Ok(pending)
    }

    fn unanswered(&self, id: String, begun: bool) -> Option<Pending> {
        let path = self.path(&id, suffix(begun));
        if self.path(&id, ANSWER).exists() {
            // Its owner died before it could put it away. If that cannot be done, it is
            // answered all the same.
            drop(self.sync().and_then(|()| self.put_away(&id)));
            return None;
        }
        let request = match fs::read(&path) {
            // Another thread was faster, or it was withdrawn.
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            Err(error) => Err(error.to_string()),
            Ok(text) => match serde_json::from_slice::<Request>(&text) {
                Ok(request) if request.id == id => Ok(request),
                Ok(request) => Err(format!("it says that its id is `{}`", request.id)),
                Err(error) => Err(error.to_string()),
            },
        };
        let made = fs::metadata(&path).and_then(|file| file.modified()).ok();
        Some(Pending {
            id,
            request,
            made,
            begun,
        })
    }

    /// Whether a request is there that has no answer.
    pub(super) fn is_pending(&self, id: &str) -> bool {
        let mut there = [REQUEST, BEGUN].into_iter();
        there.any(|suffix| self.path(id, suffix).exists()) && !self.path(id, ANSWER).exists()
    }

    /// Notes that requests are about to be carried out by the owner with this epoch, which
    /// cannot be withdrawn from then on; false of one that was before, or is for another owner.
    pub(super) fn begin(&self, ids: &[&str], epoch: u64) -> Vec<Result<bool, RequestError>> {
        let fence = match self.fence(epoch) {
            Ok(Some(fence)) => fence,
            Ok(None) => return ids.iter().map(|_| Ok(false)).collect(),
            Err(error) => return ids.iter().map(|_| Err(error.clone())).collect(),
        };
        let mut begun: Vec<_> = ids.iter().map(|id| self.rename_begun(id)).collect();
        if begun.iter().any(|begun| matches!(begun, Ok(true))) {
            let raised = self.sync().and_then(|()| {
                let raised = fence.raise(epoch);
                raised.map_err(|error| cannot("write", &self.folder.join(FENCE), error))
            });
            if let Err(error) = raised {
                for begun in begun.iter_mut().filter(|begun| matches!(begun, Ok(true))) {
                    *begun = Err(error.clone());
                }
            }
        }
        begun
    }

    fn rename_begun(&self, id: &str) -> Result<bool, RequestError> {
        let (from, to) = (self.path(id, REQUEST), self.path(id, BEGUN));
        if self.path(id, ANSWER).exists() {
            return Ok(false);
        }
        match fs::rename(&from, &to) {
            // It was begun before: by a process that died, say, or of which the sync failed.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(to.exists()),
            Err(error) => Err(cannot("rename", &from, error)),
            Ok(()) => Ok(true),
        }
    }

    /// Withdraws a request: nobody carries it out. Returns false if it is too late for that:
    /// somebody has begun to, or has answered it, or it never was. Of this and of the process
    /// that begins with it at the same time exactly one succeeds.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn withdraw(&self, id: &str) -> Result<bool, RequestError> {
        let path = self.path(id, REQUEST);
        match fs::remove_file(&path) {
            // Its owner died before it could remove it.
            Ok(()) if self.path(id, ANSWER).exists() => Ok(false),
            Ok(()) => self.sync().map(|()| true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(cannot("remove", &path, error)),
        }
    }

    /// Answers a request, durably.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn answer(&self, id: &str, answer: &Answer) -> Result<(), RequestError> {
        self.answer_all(&[(id, answer)]).into_iter().collect()
    }

    fn answer_all(&self, answers: &[(&str, &Answer)]) -> Vec<Result<(), RequestError>> {
        let mut answered = self.write_all(ANSWER, answers);
        for (answered, (id, _)) in answered.iter_mut().zip(answers) {
            if answered.is_ok() {
                *answered = self.put_away(id);
            }
        }
        self.durable(&mut answered);
        answered
    }

    /// Answers requests as the owner with this epoch, unless they are for another owner.
    pub(super) fn answer_as(
        &self,
        answers: &[(&str, &Answer)],
        epoch: u64,
    ) -> Vec<Result<(), RequestError>> {
        match self.fence(epoch) {
            Ok(Some(_passed)) => self.answer_all(answers),
            Ok(None) => Vec::new(),
            Err(error) => vec![Err(error)],
        }
    }

    /// Puts a request that is answered beside its answer.
    fn put_away(&self, id: &str) -> Result<(), RequestError> {
        let asked = self.path(id, ASKED);
        for suffix in [REQUEST, BEGUN] {
            let path = self.path(id, suffix);
            match fs::rename(&path, &asked) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(cannot("rename", &path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn fence(&self, epoch: u64) -> Result<Option<Fence>, RequestError> {
        let path = self.folder.join(FENCE);
        Fence::pass(&path, epoch).map_err(|error| cannot("lock", &path, error))
    }

    /// The answer to a request, if there is one yet.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn answered(&self, id: &str) -> Result<Option<Answer>, RequestError> {
        let path = self.path(id, ANSWER);
        let text = match fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            text => text.map_err(|error| cannot("read", &path, error))?,
        };
        serde_json::from_slice(&text)
            .map(Some)
            .map_err(|error| cannot("read", &path, error.into()))
    }

    /// Removes a request, be it answered or not, and its answer: what whoever asked does with
    /// an answer that was read. Others are removed after a week, by a process that looks for
    /// requests: when it begins to, and once an hour. A request that is being carried out
    /// meanwhile is carried out all the same; see [`withdraw`](Self::withdraw).
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn forget(&self, id: &str) -> Result<(), RequestError> {
        self.forget_all(&[id])
    }

    /// Removes requests, and their answers, as [`forget`](Self::forget) does.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn forget_all(&self, ids: &[&str]) -> Result<(), RequestError> {
        for id in ids {
            for suffix in [REQUEST, BEGUN, ASKED, ANSWER] {
                remove(&self.path(id, suffix))?;
            }
        }
        match !ids.is_empty() && self.folder.exists() {
            true => self.sync(),
            false => Ok(()),
        }
    }

    /// Makes the folder, unless it is there, and removes answers that nobody has read for
    /// a week.
    pub(super) fn tidy(&self) -> Result<(), RequestError> {
        self.create()?;
        for id in self.ids(ANSWER)? {
            let path = self.path(&id, ANSWER);
            let age = fs::metadata(&path).and_then(|file| file.modified());
            let age = age.ok().and_then(|written| written.elapsed().ok());
            if age.is_some_and(|age| age > KEPT) {
                remove(&self.path(&id, ASKED))?;
                remove(&path)?;
            }
        }
        Ok(())
    }

    /// The ids of the files of a kind, sorted.
    fn ids(&self, suffix: &str) -> Result<Vec<String>, RequestError> {
        let error = |error| cannot("read", &self.folder, error);
        let entries = match fs::read_dir(&self.folder) {
            Err(missing) if missing.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(error)?,
        };
        let mut ids = Vec::new();
        for entry in entries {
            let name = entry.map_err(error)?.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(suffix));
            ids.extend(id.map(str::to_owned));
        }
        ids.sort_unstable();
        Ok(ids)
    }

    fn path(&self, id: &str, suffix: &str) -> PathBuf {
        // An id is no path, whoever made it up.
        let id = Path::new(id).file_name().unwrap_or(OsStr::new("none"));
        let mut name = id.to_owned();
        name.push(suffix);
        self.folder.join(name)
    }
}

/// How the name of a request ends.
fn suffix(begun: bool) -> &'static str {
    if begun { BEGUN } else { REQUEST }
}

fn cannot(verb: &'static str, path: &Path, source: io::Error) -> RequestError {
    RequestError {
        verb,
        path: path.to_owned(),
        source: Arc::new(source),
    }
}

#[cfg(test)]
mod tests;
