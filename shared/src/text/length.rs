//! How long something plays, as a clock shows it.

/// Seconds as `3:05` or `1:02:03`.
pub fn show(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::show;

    #[test]
    fn a_length_reads_as_a_clock() {
        assert_eq!((show(5), show(185), show(3723)), ("0:05".into(), "3:05".into(), "1:02:03".into()));
    }
}
