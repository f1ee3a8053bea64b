//! Takes a text apart as the table of rules says.

use super::node::Record;
use super::rules::{RULES, Rule};
use super::{Kind, Part};

/// The nodes of a text, in its order and each before those in it; `None` if it does not
/// begin with what the rule matches.
pub(super) fn walk(rule: Rule, source: &str) -> Option<Vec<Record>> {
    let mut walker = Walker {
        source,
        at: 0,
        records: Vec::new(),
        keeps: true,
        skips: true,
    };
    walker.rule(rule).then_some(walker.records)
}

struct Walker<'a> {
    source: &'a str,
    /// How far it has come.
    at: usize,
    records: Vec<Record>,
    /// Whether what matches is recorded: neither in an atomic rule nor when looking ahead.
    keeps: bool,
    /// Whether blanks and comments are skipped.
    skips: bool,
}

impl Walker<'_> {
    /// Passes what matches, and records the nodes in it; stays if it does not match.
    fn part(&mut self, part: &Part) -> bool {
        match part {
            Part::Start => self.at == 0,
            Part::End => self.at == self.source.len(),
            Part::Text(text) => self.rest().starts_with(text) && self.pass(text.len()),
            Part::Letters(text) => {
                let found = self.rest().get(..text.len());
                found.is_some_and(|found| found.eq_ignore_ascii_case(text)) && self.pass(text.len())
            }
            Part::One(kind) => match self.rest().chars().next() {
                Some(one) if kind(one) => self.pass(one.len_utf8()),
                _ => false,
            },
            Part::Until(texts) => self.until(texts),
            Part::By(rule) => self.rule(*rule),
            Part::All(parts) => self.all(parts),
            Part::First(parts) => parts.iter().any(|part| self.part(part)),
            Part::Maybe(part) => {
                self.part(part);
                true
            }
            Part::Many(part) => {
                let mut end = self.at;
                while self.part(part) {
                    end = self.at;
                    self.skip();
                }
                self.at = end;
                true
            }
            Part::Ahead(part) => self.follows(part),
            Part::Not(part) => !self.follows(part),
        }
    }

    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn pass(&mut self, length: usize) -> bool {
        self.at += length;
        true
    }

    fn until(&mut self, texts: &[&str]) -> bool {
        let rest = self.rest();
        let mut ends = rest.char_indices().map(|(end, _)| end);
        let end = ends.find(|end| {
            let rest = rest.get(*end..).unwrap_or_default();
            texts.iter().any(|text| rest.starts_with(text))
        });
        self.pass(end.unwrap_or(rest.len()))
    }

    fn all(&mut self, parts: &[Part]) -> bool {
        let (at, length) = (self.at, self.records.len());
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.skip();
            }
            if !self.part(part) {
                self.at = at;
                self.records.truncate(length);
                return false;
            }
        }
        true
    }

    /// Whether this follows.
    fn follows(&mut self, part: &Part) -> bool {
        let (at, keeps) = (self.at, self.keeps);
        self.keeps = false;
        let follows = self.part(part);
        (self.at, self.keeps) = (at, keeps);
        follows
    }

    /// Passes blanks and comments.
    fn skip(&mut self) {
        if self.skips {
            self.skips = false;
            while self.rule(Rule::WHITESPACE) || self.rule(Rule::COMMENT) {}
            self.skips = true;
        }
    }

    fn rule(&mut self, rule: Rule) -> bool {
        let Some((kind, part)) = RULES.get(rule as usize) else {
            return false;
        };
        let Walker { keeps, skips, .. } = *self;
        match kind {
            Kind::Silent => return self.part(part),
            Kind::Normal => {}
            Kind::Atomic | Kind::Compound => self.skips = false,
        }
        let index = self.records.len();
        if keeps {
            self.records.push(Record::begin(rule, self.at));
            self.keeps = !matches!(kind, Kind::Atomic);
        }
        let matches = self.part(part);
        (self.keeps, self.skips) = (keeps, skips);
        if keeps && matches {
            Record::end(&mut self.records, index, self.at);
        } else if keeps {
            self.records.truncate(index);
        }
        matches
    }
}
