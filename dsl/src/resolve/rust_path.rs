//! Paths of Rust types, as they stand in quotes.

/// How deep the arguments of generic types may be nested.
const DEEPEST: usize = 16;

const EXAMPLE: &str = "write a full path such as `\"crate::Size\"` or `\"std::net::IpAddr\"`, with arguments such as `<u32>` if the type has them";

/// The path without needless blanks, or what to write instead.
///
/// It is read in several generated modules, so it begins with a crate or with `crate`.
pub(super) fn read(text: &str) -> Result<String, String> {
    let mut reader = Reader {
        rest: text.trim_start(),
        path: String::new(),
    };
    let segments = reader.path(0).ok_or(EXAMPLE)?;
    if !reader.rest.is_empty() {
        return Err(EXAMPLE.into());
    }
    match reader.path.split("::").next() {
        Some("self" | "Self" | "super") => {
            Err("begin with `crate`: this stands in a module of its own".into())
        }
        Some(name) if segments == 1 => Err(format!(
            "write where the type is, such as `\"crate::{name}\"`"
        )),
        _ => Ok(reader.path),
    }
}

struct Reader<'a> {
    rest: &'a str,
    /// What has been read.
    path: String,
}

impl Reader<'_> {
    /// Reads a path, and counts its segments; a leading `::` is one.
    fn path(&mut self, depth: usize) -> Option<usize> {
        let mut segments = usize::from(self.token("::"));
        loop {
            self.name()?;
            segments += 1;
            if self.token("<") {
                self.arguments(depth + 1)?;
            }
            if !self.token("::") {
                return Some(segments);
            }
        }
    }

    fn arguments(&mut self, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        loop {
            self.path(depth)?;
            if self.token(">") {
                return Some(());
            }
            if !self.token(",") {
                return None;
            }
            self.path.push(' ');
        }
    }

    fn name(&mut self) -> Option<()> {
        let raw = self.rest.strip_prefix("r#").map_or(0, |_| 2);
        let name = self.rest.get(raw..)?;
        let end = name
            .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .unwrap_or(name.len());
        let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        if !begins || name.get(..end) == Some("_") {
            return None;
        }
        self.take(raw + end)
    }

    fn token(&mut self, token: &str) -> bool {
        self.rest.starts_with(token) && self.take(token.len()).is_some()
    }

    fn take(&mut self, length: usize) -> Option<()> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.path.push_str(taken);
        self.rest = rest.trim_start();
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_path_begins_with_where_the_type_is() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(read(text).ok().as_deref(), expect, "{text}");
        };
        check("crate::Size", Some("crate::Size"));
        check("crate::r#type::T", Some("crate::r#type::T"));
        check("::uuid::Uuid", Some("::uuid::Uuid"));
        check(
            " std :: collections::HashMap< String,Vec<u8> > ",
            Some("std::collections::HashMap<String, Vec<u8>>"),
        );
        for wrong in [
            "",
            "Size",
            "Vec<u8>",
            "self::Size",
            "super::Size",
            "crate::",
            "crate::Size<",
            "crate::Size<>",
            "crate::Size<u8>>",
            "crate::size()",
            "crate::_",
            "&str",
            "(crate::A, crate::B)",
            "crate::9",
            "crate::A crate::B",
            "crate::A; use x",
        ] {
            check(wrong, None);
        }
        let deep = format!("crate::A{}{}", "<crate::A".repeat(40), ">".repeat(40));
        check(&deep, None);
    }
}
