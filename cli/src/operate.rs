//! The commands for operators: what stands in a store, and what can be done about it.
//!
//! They know nothing of the program that owns the store. A store keeps the text of each
//! workflow whose records it holds; that is compiled here, and says what there is to fire
//! and of which types values are.
//!
//! - `place` opens whatever stands at a path, `find` says which instances are meant, and
//!   `nearby` which stores may have been;
//! - `reading` reads a record as the program does that opened the store last;
//! - `condition` judges how an instance is, and `told` what became of it;
//! - `list`, `show`, `history`, `watch` and `verify` are the commands that read;
//! - `change` are those that change an instance, with values that `value` reads;
//! - `requests` are those that wait for the owner of a store;
//! - `compact` is about the store itself.

mod age;
mod arguments;
mod change;
mod compact;
mod condition;
mod find;
mod history;
mod known;
mod list;
mod nearby;
mod notes;
mod place;
mod reading;
mod refusal;
mod requests;
mod show;
mod summary;
mod table;
mod text;
mod told;
mod value;
mod verify;
mod wait;
mod watch;

use std::io::Result;

use crate::exit::Exit;
use crate::output::Output;

pub(crate) use arguments::Operate;

pub(crate) use refusal::Refusal;

use refusal::Told;

/// Does what an operator asks for.
pub(crate) fn run(operate: &Operate, out: &mut Output<'_>, err: &mut Output<'_>) -> Result<Exit> {
    let told = match operate {
        Operate::List(asked) => list::run(asked, out),
        Operate::Show(asked) => show::run(asked, out),
        Operate::History(asked) => history::run(asked, out),
        Operate::Watch(asked) => watch::run(asked, out),
        Operate::Change(change) => change::run(change, out),
        Operate::Requests(asked) => requests::run(asked, out),
        Operate::Verify(asked) => verify::run(asked, out),
        Operate::Compact(asked) => compact::run(asked, out),
    };
    match told {
        Ok(exit) => Ok(exit),
        Err(Told::Refused(refusal)) => {
            let text = match operate.is_for_programs() {
                true => refusal.json()?,
                false => refusal.text(),
            };
            err.write(&text)?;
            Ok(refusal.exit)
        }
        Err(Told::Unwritable(error)) => Err(error),
    }
}
