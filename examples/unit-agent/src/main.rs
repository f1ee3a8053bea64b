//! Drives one charm unit through its life, and survives kill -9 on the way.

mod activity;
mod charm;
mod cli;
mod config;
mod durable;
mod folder;
mod hook;
mod log;
mod relation;
mod request;

fn main() {}
