//! Counts instructions.

use std::collections::HashMap;

/// The most instructions that a call of the function `probe` executes, or why they
/// cannot be counted.
pub fn longest_way(assembly: &str) -> String {
    if !cfg!(target_arch = "x86_64") {
        return "counted on x86-64 only".to_owned();
    }
    let mut lines = assembly.lines();
    let begin =
        lines.find(|line| line.starts_with('_') && line.contains("probe") && line.ends_with(':'));
    if begin.is_none() {
        return "not found".to_owned();
    }
    let mut instructions = Vec::new();
    let mut labels = HashMap::new();
    for line in lines.take_while(|line| !line.contains(".cfi_endproc")) {
        match line.trim().strip_suffix(':') {
            Some(label) => {
                labels.insert(label, instructions.len());
            }
            None if line.trim().starts_with('.') || line.trim().is_empty() => {}
            None => instructions.push(line.trim()),
        }
    }
    match longest(&instructions, &labels, 0) {
        Some(count) => count.to_string(),
        None => "it never returns".to_owned(),
    }
}

/// The longest way from an instruction to the end; `None` if it ends in a panic. The
/// code has no loops.
fn longest(instructions: &[&str], labels: &HashMap<&str, usize>, at: usize) -> Option<usize> {
    let instruction = instructions.get(at)?;
    let (name, operand) = instruction
        .split_once(char::is_whitespace)
        .unwrap_or((instruction, ""));
    let jump = labels.get(operand.trim()).copied();
    let rest = match (name, jump) {
        ("retq" | "ret", _) => Some(0),
        (call, _) if call.starts_with("call") => None,
        ("jmp", target) => longest(instructions, labels, target?),
        (_, Some(target)) => {
            let taken = longest(instructions, labels, target);
            taken.max(longest(instructions, labels, at + 1))
        }
        _ => longest(instructions, labels, at + 1),
    };
    Some(rest? + 1)
}
