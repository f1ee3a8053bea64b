//! Drives one charm unit through its life, and survives kill -9 on the way.

mod charm;
mod config;
mod durable;
mod folder;
mod hook;
mod request;

fn main() {}
