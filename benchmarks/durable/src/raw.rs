//! The least that a durable commit can cost: a log in a file that was written before, a
//! thread that writes what has arrived and syncs it, and nothing else.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use tokio::sync::oneshot;

const SIZE: u64 = 256 * 1024 * 1024;

type Request = (Vec<u8>, oneshot::Sender<()>);

/// Where records are sent.
#[derive(Clone)]
pub struct RawLog {
    requests: Sender<Request>,
    syncs: Arc<AtomicU64>,
}

impl RawLog {
    /// Writes a file full of zeros, and starts the thread.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).open(path)?;
        let zeros = vec![0; 1 << 20];
        for at in (0..SIZE).step_by(zeros.len()) {
            file.write_all_at(&zeros, at)?;
        }
        file.sync_all()?;
        let (requests, queue) = mpsc::channel();
        let syncs = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&syncs);
        thread::spawn(move || {
            if let Err(error) = run(&file, &queue, &counted) {
                eprintln!("the raw log failed: {error}");
            }
        });
        Ok(Self { requests, syncs })
    }

    /// Sends a record, and waits until it is durable.
    pub async fn commit(&self, record: Vec<u8>) -> bool {
        let (reply, result) = oneshot::channel();
        self.requests.send((record, reply)).is_ok() && result.await.is_ok()
    }

    /// How many syncs there were.
    pub fn syncs(&self) -> u64 {
        self.syncs.load(Ordering::Relaxed)
    }
}

fn run(file: &File, queue: &Receiver<Request>, syncs: &AtomicU64) -> io::Result<()> {
    let mut at = 0;
    let mut bytes = Vec::new();
    let mut replies = Vec::new();
    while let Ok((record, reply)) = queue.recv() {
        bytes.clear();
        bytes.extend_from_slice(&record);
        replies.push(reply);
        while let Ok((record, reply)) = queue.try_recv() {
            bytes.extend_from_slice(&record);
            replies.push(reply);
        }
        if at + bytes.len() as u64 > SIZE {
            at = 0;
        }
        file.write_all_at(&bytes, at)?;
        file.sync_data()?;
        at += bytes.len() as u64;
        syncs.fetch_add(1, Ordering::Relaxed);
        for reply in replies.drain(..) {
            // It waits until it has its reply.
            reply.send(()).ok();
        }
    }
    Ok(())
}
