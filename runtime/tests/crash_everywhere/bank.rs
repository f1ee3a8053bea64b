//! An account at a bank, which is paid once.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use inflight::testing::{After, Process, Survived};

inflight::workflow! {
    pub workflow account {
        initial state open
        state paid
        state closed
        /// Nobody knows.
        error state unclear { reason: string }
        action pay(cents: int)
        action close
        activity statements in paid
        transition pay(cents: int): open -> paid {
            do pay(cents: cents)
            retry 2 backoff 1h
            timeout 1m
            on error pay_failed -> unclear(reason: failure)
        }
        transition close: paid -> closed { automatic do close }
        transition reopen: closed | unclear -> open
        state archived
        transition archive: closed -> archived { after 1d do close }
        transition take_out: archived -> open
    }
}

/// A bank, which no crash of ours concerns.
#[derive(Default)]
pub(crate) struct Bank {
    /// How often it was paid.
    pub(crate) payments: AtomicU64,
    /// The executions that it knows.
    pub(crate) known: Mutex<Vec<String>>,
    /// How often it will refuse.
    pub(crate) refusals: AtomicU64,
}

pub(crate) struct Clerk {
    pub(crate) bank: Arc<Bank>,
    /// Whether it tells the bank which execution it pays for.
    pub(crate) careful: bool,
    /// How often it waits before it pays.
    pub(crate) waits: u32,
}

impl account::Actions for Clerk {
    type Error = &'static str;

    async fn pay(&mut self, cents: i64, cx: &account::Context) -> Result<(), &'static str> {
        for _ in 0..self.waits {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let refusals = self.bank.refusals.load(Ordering::Relaxed);
        if refusals > 0 {
            self.bank.refusals.store(refusals - 1, Ordering::Relaxed);
            return Err("no funds");
        }
        let mut known = self.bank.known.lock().unwrap();
        if self.careful && known.iter().any(|it| it == cx.execution()) {
            return Ok(());
        }
        known.push(cx.execution().to_owned());
        self.bank
            .payments
            .fetch_add(cents.unsigned_abs(), Ordering::Relaxed);
        Ok(())
    }

    async fn close(&mut self, _: &account::Context) -> Result<(), &'static str> {
        Ok(())
    }

    async fn start_statements(&mut self) {}

    async fn stop_statements(&mut self) {}
}

/// Pays once, whatever happens.
pub(crate) async fn pay(process: Process<Bank>, careful: bool, waits: u32) -> Survived {
    let bank = Arc::clone(process.world());
    let clerk = Clerk {
        bank,
        careful,
        waits,
    };
    let (store, options) = (process.store(), process.options());
    let account = account::Workflow::open_with(store, "a-1", clerk, options).await?;
    let mut account = account.lock().await;
    account.synchronize().await?;
    if account.state().is_open() {
        account.fire(account::Transition::Pay { cents: 1 }).await?;
    }
    Ok(())
}

pub(crate) fn paid_once(after: &After<Bank>) {
    let payments = after.world().payments.load(Ordering::Relaxed);
    assert_eq!(payments, 1, "paid {payments} times");
    let record = after.record::<account::Definition>("a-1").unwrap();
    assert!(record.state.is_closed());
}
