//! Requests on disk: a file each, numbered in order of arrival.
//!
//! A request is written aside, synced and renamed, under a lock that orders writers; so
//! a file that is there is whole. What cannot be carried out is moved to `refused/`,
//! with the reason, before it is removed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::time;

use crate::durable::{self, About, FileError};
use crate::folder::DataFolder;
use crate::request::Request;

/// How long a request can stay unnoticed where the kernel does not tell of it.
const PATIENCE: Duration = Duration::from_secs(2);

/// The requests of one data folder.
#[derive(Debug)]
pub(crate) struct RequestQueue {
    folder: PathBuf,
}

/// A request that has not been carried out, or what stands in its place.
#[derive(Debug)]
pub(crate) struct Pending {
    path: PathBuf,
    /// The request, or why it cannot be understood.
    pub(crate) request: Result<Request, String>,
}

/// Tells of new requests.
#[derive(Debug)]
pub(crate) struct Arrivals {
    told: mpsc::Receiver<()>,
    /// Where the kernel does not tell, looking now and then has to do.
    watcher: Option<RecommendedWatcher>,
}

#[derive(Serialize)]
struct Refused<'a> {
    #[serde(flatten)]
    request: &'a Request,
    refused: &'a str,
}

impl RequestQueue {
    /// The requests of a data folder, which is made unless it is there.
    pub(crate) fn open(folder: &DataFolder) -> Result<Self, FileError> {
        let queue = Self {
            folder: folder.requests(),
        };
        durable::create_folder(&queue.refused())?;
        Ok(queue)
    }

    /// Adds a request. It is durable when this returns.
    pub(crate) fn add(&self, request: &Request) -> Result<(), FileError> {
        let _lock = self.lock()?;
        let last = self.files()?.pop().and_then(|path| number(&path));
        let number = last.map_or(1, |last| last + 1);
        let path = self
            .folder
            .join(format!("{number:010}-{}.json", request.id));
        durable::write_json(&path, request)
    }

    /// Removes what writers that died have left.
    pub(crate) fn tidy(&self) -> Result<(), FileError> {
        let _lock = self.lock()?;
        for path in self.all()? {
            if path
                .extension()
                .is_some_and(|extension| extension == "draft")
            {
                durable::remove(&path)?;
            }
        }
        Ok(())
    }

    /// The request that came first of those that are left.
    pub(crate) fn first(&self) -> Result<Option<Pending>, FileError> {
        let Some(path) = self.files()?.into_iter().next() else {
            return Ok(None);
        };
        let text = fs::read(&path).about("read", &path)?;
        let request = serde_json::from_slice(&text).map_err(|error| error.to_string());
        Ok(Some(Pending { path, request }))
    }

    /// Removes a request that has been carried out, or refused before.
    pub(crate) fn remove(&self, pending: &Pending) -> Result<(), FileError> {
        durable::remove(&pending.path)
    }

    /// Keeps the reason why a request is not carried out, then removes it.
    pub(crate) fn refuse(&self, pending: &Pending, reason: &str) -> Result<(), FileError> {
        let refused = self
            .refused()
            .join(pending.path.file_name().unwrap_or_default());
        match &pending.request {
            Ok(request) => {
                let refusal = Refused {
                    request,
                    refused: reason,
                };
                durable::write_json(&refused, &refusal)?;
                self.remove(pending)
            }
            Err(_) => durable::rename(&pending.path, &refused),
        }
    }

    /// Whether a request was refused, and only its removal was left.
    pub(crate) fn is_refused(&self, pending: &Pending) -> bool {
        let name = pending.path.file_name().unwrap_or_default();
        self.refused().join(name).exists()
    }

    /// Tells of requests that arrive from now on.
    pub(crate) fn watch(&self) -> Arrivals {
        let (tell, told) = mpsc::channel(1);
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.map_or(true, |event| is_arrival(event.kind)) {
                // One that is not yet taken tells enough.
                let _ = tell.try_send(());
            }
        })
        .and_then(|mut watcher| {
            watcher.watch(&self.folder, RecursiveMode::NonRecursive)?;
            Ok(watcher)
        });
        let watcher = watcher
            .inspect_err(|error| tracing::warn!("requests may take {PATIENCE:?}: {error}"))
            .ok();
        Arrivals { told, watcher }
    }

    fn refused(&self) -> PathBuf {
        self.folder.join("refused")
    }

    fn lock(&self) -> Result<File, FileError> {
        let path = self.folder.join("lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .about("open", &path)?;
        file.lock().about("lock", &path)?;
        Ok(file)
    }

    /// The files of requests, in order of arrival.
    fn files(&self) -> Result<Vec<PathBuf>, FileError> {
        let mut files = self.all()?;
        files.retain(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
                && path.is_file()
        });
        files.sort_by_key(|path| (number(path), path.clone()));
        Ok(files)
    }

    fn all(&self) -> Result<Vec<PathBuf>, FileError> {
        let entries = fs::read_dir(&self.folder).about("read", &self.folder)?;
        entries
            .map(|entry| Ok(entry.about("read", &self.folder)?.path()))
            .collect()
    }
}

impl Arrivals {
    /// Waits until there may be a new request.
    pub(crate) async fn next(&mut self) {
        match self.watcher {
            Some(_) => drop(time::timeout(PATIENCE, self.told.recv()).await),
            None => time::sleep(PATIENCE).await,
        }
    }
}

/// Whether something in the folder of requests is new. Looking into it is an event too.
fn is_arrival(event: EventKind) -> bool {
    matches!(
        event,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_))
    )
}

fn number(path: &Path) -> Option<u64> {
    path.file_name()?.to_str()?.split_once('-')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Command, RelationCommand, Values};

    fn queue() -> (tempfile::TempDir, RequestQueue) {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(&folder.path().join("data")).unwrap();
        (folder, RequestQueue::open(&data).unwrap())
    }

    fn command(queue: &RequestQueue) -> Option<String> {
        let pending = queue.first().unwrap()?;
        Some(
            pending
                .request
                .map_or_else(|error| error, |request| request.command.to_string()),
        )
    }

    #[test]
    fn a_folder_among_the_requests_is_none() {
        let (folder, queue) = queue();
        fs::create_dir(folder.path().join("data/requests/0.json")).unwrap();
        assert_eq!(command(&queue), None);
    }

    #[test]
    fn requests_come_back_as_they_were_in_order_of_arrival() {
        let (_folder, queue) = queue();
        let values = Values::from([("b".into(), "2 3".into()), ("a".into(), String::new())]);
        let relation = |change| Command::Relation {
            name: "db".into(),
            change,
        };
        let commands = [
            Command::Stop {},
            Command::Resolved {
                retry_hooks: true,
                relation: Some("db".into()),
            },
            Command::Upgrade {
                charm: "/charm".into(),
                force: true,
            },
            Command::Configure {
                values: values.clone(),
            },
            relation(RelationCommand::Join {
                remote: "mysql/0".into(),
                settings: values,
            }),
            relation(RelationCommand::Depart {
                remote: "mysql/0".into(),
            }),
            relation(RelationCommand::Remove {}),
        ];
        let requests = commands.map(|command| Request::new(Some("page/0".into()), command));
        for request in &requests {
            queue.add(request).unwrap();
        }
        for request in requests {
            let pending = queue.first().unwrap().unwrap();
            queue.remove(&pending).unwrap();
            assert_eq!(pending.request, Ok(request));
        }
        assert!(queue.first().unwrap().is_none());
    }

    #[test]
    fn a_refused_request_is_kept_with_the_reason() {
        let (_folder, queue) = queue();
        queue.add(&Request::new(None, Command::Stop {})).unwrap();
        let pending = queue.first().unwrap().unwrap();
        assert!(!queue.is_refused(&pending));
        queue.refuse(&pending, "it is not started").unwrap();
        assert!(queue.is_refused(&pending));
        assert_eq!(command(&queue), None);
        let name = pending.path.file_name().unwrap();
        let kept: serde_json::Value = durable::read_json(&queue.refused().join(name))
            .unwrap()
            .unwrap();
        assert_eq!(kept["refused"], "it is not started");
        assert_eq!(kept["id"], pending.request.unwrap().id);
    }

    #[test]
    fn what_is_no_request_is_set_aside() {
        let check = |text: &str, expect: &str| {
            let (_folder, queue) = queue();
            fs::write(queue.folder.join("0000000007-x.json"), text).unwrap();
            let pending = queue.first().unwrap().unwrap();
            let error = pending.request.as_ref().unwrap_err();
            assert!(error.contains(expect), "{error}");
            queue.refuse(&pending, error).unwrap();
            assert!(queue.first().unwrap().is_none());
            let kept = fs::read_to_string(queue.refused().join("0000000007-x.json"));
            assert_eq!(kept.unwrap(), text);
        };
        check("", "EOF");
        check(r#"{"id": "x", "command": {"dance": {}}}"#, "dance");
        check(r#"{"id": "x", "command": {"stop": {}}, "when": 1}"#, "when");
    }

    #[test]
    fn a_writer_that_died_leaves_nothing() {
        let (_folder, queue) = queue();
        fs::write(queue.folder.join("0000000001-x.json.draft"), "{").unwrap();
        assert_eq!(command(&queue), None);
        queue.tidy().unwrap();
        assert!(!queue.folder.join("0000000001-x.json.draft").exists());
    }

    #[test]
    fn looking_for_requests_is_no_arrival() {
        let (_folder, queue) = queue();
        let (tell, events) = std::sync::mpsc::channel();
        let mut watcher = notify::recommended_watcher(tell).unwrap();
        watcher
            .watch(&queue.folder, RecursiveMode::NonRecursive)
            .unwrap();
        assert!(queue.first().unwrap().is_none());
        // What comes after looking shows that all events of looking have come.
        fs::write(queue.folder.join("new"), "").unwrap();
        let arrival = events
            .iter()
            .map(|event| event.unwrap())
            .find(|event| is_arrival(event.kind));
        assert_eq!(arrival.unwrap().paths, [queue.folder.join("new")]);
    }

    #[tokio::test]
    async fn an_arrival_is_told_of_at_once() {
        let (_folder, queue) = queue();
        let mut arrivals = queue.watch();
        queue.add(&Request::new(None, Command::Stop {})).unwrap();
        let told = tokio::time::timeout(PATIENCE / 2, arrivals.next()).await;
        assert!(told.is_ok());
        assert_eq!(command(&queue).as_deref(), Some("stop"));
    }
}
