//! What hooks are told, and what they wrote down.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Lab, until};

/// One run of a hook.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The hook's name.
    pub(crate) hook: String,
    /// Its process.
    pub(crate) process: String,
    /// Whether it came to its end.
    pub(crate) ended: bool,
    /// The configuration that it was shown.
    pub(crate) config: Option<Value>,
    /// Where it looks for programs.
    pub(crate) path: String,
    /// A process that it left in the background.
    pub(crate) child: Option<String>,
    /// Whether it has begun to wait.
    held: bool,
    /// What else it told of where it was.
    told: BTreeMap<String, String>,
}

impl Run {
    /// Something it was told by its environment, or the `label` of its charm.
    pub(crate) fn told(&self, name: &str) -> &str {
        &self.told[name]
    }

    /// The folder of the charm that it is of.
    pub(crate) fn charm(&self) -> PathBuf {
        Path::new(self.told("at"))
            .parent()
            .unwrap()
            .parent()
            .unwrap()
            .to_owned()
    }
}

/// Says whether a process runs.
pub(crate) fn alive(process: &str) -> bool {
    fs::read_to_string(format!("/proc/{process}/stat"))
        .is_ok_and(|stat| !stat.contains(") Z ") && !stat.contains(") X "))
}

impl Lab {
    fn told_to(&self, what: &str, hook: &str) -> PathBuf {
        self.control().join(format!("{what}-{hook}"))
    }

    /// From now on, a hook fails with an exit code.
    pub(crate) fn fail(&self, hook: &str, code: u8) {
        fs::write(self.told_to("fail", hook), format!("{code}\n")).unwrap();
    }

    /// From now on, a hook does not fail.
    pub(crate) fn mend(&self, hook: &str) {
        fs::remove_file(self.told_to("fail", hook)).unwrap();
    }

    /// From now on, a hook says a lot.
    pub(crate) fn noise(&self, hook: &str) {
        fs::write(self.told_to("noise", hook), "").unwrap();
    }

    /// From now on, a hook takes much longer than an agent to begin.
    pub(crate) fn slow(&self, hook: &str) {
        fs::write(self.told_to("slow", hook), "").unwrap();
    }

    /// From now on, a hook does not end when it is asked to.
    pub(crate) fn stubborn(&self, hook: &str) {
        fs::write(self.told_to("stubborn", hook), "").unwrap();
    }

    /// The next run of a hook waits until it is released.
    pub(crate) fn hold(&self, hook: &str) {
        fs::write(self.told_to("hold", hook), "").unwrap();
    }

    /// From now on, a hook makes a folder with a file and a link in its charm.
    pub(crate) fn build(&self, hook: &str) {
        fs::write(self.told_to("build", hook), "").unwrap();
    }

    /// The next run of a hook leaves a process behind.
    pub(crate) fn child(&self, hook: &str) {
        fs::write(self.told_to("child", hook), "").unwrap();
    }

    /// Waits until a hook waits.
    pub(crate) fn until_held(&self, hook: &str) -> Run {
        until(&format!("`{hook}` to wait"), || {
            let begun = !self.told_to("hold", hook).exists();
            let run = self.runs().into_iter().rfind(|run| run.hook == hook)?;
            (begun && run.held && !run.ended).then_some(run)
        })
    }

    /// Lets a waiting hook go on.
    pub(crate) fn release(&self, hook: &str) {
        fs::remove_file(self.told_to("held", hook)).unwrap();
    }

    /// Lets a waiting hook go on whose agent is gone, and waits for its end.
    pub(crate) fn release_orphan(&self, run: &Run) {
        self.release(&run.hook);
        until("the orphan's end", || (!alive(&run.process)).then_some(()));
    }

    /// Waits until a hook has run this often.
    pub(crate) fn until_run(&self, hook: &str, times: usize) {
        until(&format!("`{hook}` to run {times} times"), || {
            let runs = self.runs();
            (runs
                .iter()
                .filter(|run| run.hook == hook && run.ended)
                .count()
                >= times)
                .then_some(())
        });
    }

    /// Every run of a hook so far, in order.
    pub(crate) fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for line in fs::read_to_string(self.hook_log()).unwrap().lines() {
            let mut words = line.splitn(4, ' ');
            let mut word = || words.next().unwrap();
            let (what, hook, process, rest) = (word(), word(), word(), word());
            if what == "begin" {
                let told = rest.split(' ').filter_map(|pair| pair.split_once('='));
                runs.push(Run {
                    hook: hook.to_owned(),
                    process: process.to_owned(),
                    ended: false,
                    held: false,
                    config: None,
                    path: String::new(),
                    child: None,
                    told: told
                        .map(|(name, value)| (name.into(), value.into()))
                        .collect(),
                });
                continue;
            }
            let Some(run) = runs.iter_mut().rfind(|run| run.process == process) else {
                continue;
            };
            match what {
                "end" => run.ended = true,
                "held" => run.held = true,
                "config" => run.config = Some(serde_json::from_str(rest).unwrap()),
                "path" => rest.clone_into(&mut run.path),
                "child" => run.child = Some(rest.trim().to_owned()),
                _ => {}
            }
        }
        runs
    }

    /// The latest run of a hook.
    pub(crate) fn last(&self, hook: &str) -> Run {
        self.runs()
            .into_iter()
            .rfind(|run| run.hook == hook)
            .unwrap()
    }

    /// Expects that no hook began while another one was running.
    #[track_caller]
    pub(crate) fn expect_one_at_a_time(&self) {
        let log = fs::read_to_string(self.hook_log()).unwrap();
        assert!(
            !log.lines().any(|line| line.starts_with("overlap")),
            "hooks overlap:\n{log}"
        );
    }
}
