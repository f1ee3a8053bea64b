//! What every trial comes to: what was acknowledged is found again, and it goes on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use inflight::store::StoreError;
use tempfile::TempDir;

use crate::ledger::Ledger;
use crate::load::Plan;
use crate::process::Process;
use crate::said::Said;
use crate::subject::{Opened, Subject};

/// Where the trials are that lose no power: in memory, where a sync takes no time.
const MEMORY: &str = "/dev/shm";

/// A store that is tested, and what must be found in it.
#[derive(Debug)]
pub(crate) struct Trial {
    pub(crate) subject: Subject,
    pub(crate) plan: Plan,
    pub(crate) ledger: Ledger,
    /// The folder in which the store is.
    place: PathBuf,
    /// All there is of this trial.
    folder: TempDir,
}

impl Trial {
    /// One without a store yet.
    pub(crate) fn new(subject: Subject, plan: Plan) -> Self {
        let parent = match Path::new(MEMORY).is_dir() {
            true => PathBuf::from(MEMORY),
            false => std::env::temp_dir(),
        };
        let folder = tempfile::Builder::new()
            .prefix("reliability-")
            .tempdir_in(parent)
            .unwrap();
        let place = folder.path().join("store");
        fs::create_dir(&place).unwrap();
        Self {
            subject,
            plan,
            ledger: Ledger::default(),
            place,
            folder,
        }
    }

    /// Where it all is.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The folder in which the store is.
    pub(crate) fn place(&self) -> &Path {
        &self.place
    }

    /// Where the store is.
    pub(crate) fn path(&self) -> PathBuf {
        self.place.join("state")
    }

    /// Another one that is the same.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self {
            ledger: self.ledger.clone(),
            ..Self::new(self.subject, self.plan)
        };
        copy_folder(&self.place, &copy.place);
        copy
    }

    /// Starts a process on it.
    pub(crate) fn process(&self, take_over: bool) -> Process {
        Process::start(
            self.subject,
            &self.path(),
            self.folder(),
            &self.plan,
            take_over,
        )
    }

    /// Takes down all that a process says until it ends.
    pub(crate) fn hear_out(&mut self, process: &Process) {
        while let Some(said) = process.hear() {
            self.ledger.hear(said);
        }
    }

    /// Carries the plan out in this process.
    pub(crate) fn carry_out(&mut self, on: &Opened) {
        let ledger = Arc::new(Mutex::new(std::mem::take(&mut self.ledger)));
        let told = Arc::clone(&ledger);
        let tell = Arc::new(move |said| told.lock().unwrap().hear(said));
        self.plan.carry_out(on, tell);
        self.ledger = std::mem::take(&mut ledger.lock().unwrap());
    }

    /// Looks at what is left as a reader.
    pub(crate) fn look(&mut self) {
        match self.subject.read(&self.path()) {
            Ok(reader) => wait(self.ledger.check(&*reader)),
            Err(StoreError::Missing { .. }) => {
                assert!(self.ledger.is_empty(), "LOST: the store");
            }
            Err(error) => panic!("it cannot be read: {error:?}"),
        }
    }

    /// Looks at what is left as a reader, then as the next owner, who carries on to the
    /// end.
    pub(crate) fn recover(&mut self) {
        self.look();
        let path = self.path();
        let opened = match self.subject.open(&path, false) {
            Ok(opened) => opened,
            Err(error) => panic!("it does not open: {error:?}"),
        };
        wait(self.ledger.check(&*opened.store));
        self.ledger.hear(Said::Opened);
        self.ledger.ended.clear();
        self.carry_out(&opened);
        assert_eq!(self.ledger.ended, [""; 0], "it does not carry on");
        wait(self.ledger.check(&*opened.store));
        opened.close().unwrap();
        let reader = self.subject.read(&path).unwrap();
        wait(self.ledger.check(&*reader));
    }

    /// Keeps the folder, and says where it is.
    pub(crate) fn keep(&mut self) -> String {
        self.folder.disable_cleanup(true);
        self.folder().display().to_string()
    }
}

/// Waits for something that needs no timer.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.build().unwrap();
    runtime.block_on(future)
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = {
            entry
                .as_ref()
                .map(|it| (it.path(), to.join(it.file_name())))
        }
        .unwrap();
        if from.is_dir() {
            fs::create_dir_all(&to).unwrap();
            copy_folder(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}
