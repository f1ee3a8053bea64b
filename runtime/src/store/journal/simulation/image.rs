//! What may be left when power fails.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::chance::Random;
use super::story::Story;

/// How many images are tried of what may be left at one moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Up to so many pieces that may be there or not, all ways are tried.
    pub(super) exhaustive: usize,
    /// Of more pieces, the extremes are tried and so many ways by chance.
    pub(super) chance: usize,
}

/// The files of a disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Image {
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

/// A moment at which power may fail.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) remains: Remains,
    /// What was asked and acknowledged until then.
    pub(super) story: Story,
}

/// What is durable, and what is on its way there.
#[derive(Clone, Debug, Default)]
pub(super) struct Remains {
    pub(super) names: BTreeMap<String, usize>,
    pub(super) changes: Vec<Change>,
    pub(super) durable: Vec<Arc<Vec<u8>>>,
    pub(super) writes: Vec<Vec<Write>>,
}

/// A change of the folder.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Create {
        name: String,
        file: usize,
    },
    Rename {
        from: String,
        to: String,
        file: usize,
    },
    Remove {
        name: String,
        file: usize,
    },
}

/// A change of a file.
#[derive(Clone, Debug)]
pub(super) struct Write {
    pub(super) offset: usize,
    pub(super) bytes: Arc<[u8]>,
}

impl Change {
    pub(super) fn apply(&self, names: &mut BTreeMap<String, usize>) {
        match self {
            Self::Create { name, file } => {
                names.insert(name.clone(), *file);
            }
            Self::Rename { from, to, file } => {
                if names.get(from) == Some(file) {
                    names.remove(from);
                }
                names.insert(to.clone(), *file);
            }
            Self::Remove { name, file } => {
                if names.get(name) == Some(file) {
                    names.remove(name);
                }
            }
        }
    }
}

impl Write {
    pub(super) fn apply(&self, content: &mut Vec<u8>) {
        let end = self.offset + self.bytes.len();
        if content.len() < end {
            content.resize(end, 0);
        }
        content[self.offset..end].copy_from_slice(&self.bytes);
    }

    /// Cuts it where units of the disk begin. Zeros that follow each other are one piece.
    fn pieces(&self, unit: usize) -> Vec<Self> {
        let mut pieces: Vec<Self> = Vec::new();
        let mut from = self.offset;
        let end = self.offset + self.bytes.len();
        let mut zeros = false;
        while from < end {
            let to = (from + 1).next_multiple_of(unit).min(end);
            let bytes = &self.bytes[from - self.offset..to - self.offset];
            let are_zeros = bytes.iter().all(|&byte| byte == 0);
            match pieces.last_mut() {
                Some(last) if zeros && are_zeros => {
                    last.bytes = [&last.bytes, bytes].concat().into();
                }
                _ => pieces.push(Self {
                    offset: from,
                    bytes: bytes.into(),
                }),
            }
            zeros = are_zeros;
            from = to;
        }
        pieces
    }
}

impl Point {
    /// What may be left where the disk writes units of this size.
    pub(super) fn images(&self, unit: usize, effort: Effort, random: &mut Random) -> Vec<Image> {
        let Remains {
            changes,
            writes,
            names,
            ..
        } = &self.remains;
        let mut reachable: BTreeSet<usize> = names.values().copied().collect();
        reachable.extend(changes.iter().map(|change| match change {
            Change::Create { file, .. }
            | Change::Rename { file, .. }
            | Change::Remove { file, .. } => *file,
        }));
        let pieces: Vec<(usize, Write)> = reachable
            .into_iter()
            .flat_map(|file| {
                let writes = writes[file].iter();
                let pieces = writes.flat_map(|write| write.pieces(unit));
                pieces.map(move |piece| (file, piece))
            })
            .collect();
        let count = changes.len() + pieces.len();
        let mut ways: Vec<Vec<bool>> = Vec::new();
        if count <= effort.exhaustive {
            ways.extend(
                (0..1 << count)
                    .map(|way: u32| (0..count).map(|piece| way >> piece & 1 == 1).collect()),
            );
        } else {
            ways.push(vec![false; count]);
            ways.push(vec![true; count]);
            for _ in 0..effort.chance {
                let which = usize::try_from(random.below(count as u64)).unwrap();
                let way = match random.below(4) {
                    // One alone, all but one, those before one, and any.
                    0 => (0..count).map(|piece| piece == which).collect(),
                    1 => (0..count).map(|piece| piece != which).collect(),
                    2 => (0..count).map(|piece| piece < which).collect(),
                    _ => (0..count).map(|_| random.flip()).collect(),
                };
                ways.push(way);
            }
        }
        let (changes, pieces) = (&self.remains.changes, &pieces);
        ways.iter()
            .map(|way| self.remains.image(changes, pieces, way))
            .collect()
    }
}

impl Remains {
    fn image(&self, changes: &[Change], pieces: &[(usize, Write)], way: &[bool]) -> Image {
        let (of_changes, of_pieces) = way.split_at(changes.len());
        let mut names = self.names.clone();
        for (change, _) in changes.iter().zip(of_changes).filter(|(_, there)| **there) {
            change.apply(&mut names);
        }
        let mut contents: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
        for &file in names.values() {
            contents.insert(file, self.durable[file].to_vec());
        }
        for ((file, piece), _) in pieces.iter().zip(of_pieces).filter(|(_, there)| **there) {
            if let Some(content) = contents.get_mut(file) {
                piece.apply(content);
            }
        }
        Image {
            files: names
                .into_iter()
                .map(|(name, file)| (name, contents[&file].clone()))
                .collect(),
        }
    }
}
