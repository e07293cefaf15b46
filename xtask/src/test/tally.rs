//! Counting what the test programs say of themselves.

/// Sums over all test programs.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed.
    pub failed: usize,
    /// Their names.
    pub failures: Vec<String>,
    /// The names of those that did not run, with the reason that is given at each.
    pub ignored: Vec<String>,
}

impl Tally {
    /// Reads one line of a test program's output; most lines say nothing of interest.
    pub fn read(&mut self, line: &str) {
        match line.strip_prefix("test ").and_then(|rest| rest.split_once(" ... ")) {
            Some((name, "FAILED")) => self.failures.push(name.to_owned()),
            Some((name, fate)) if fate.starts_with("ignored") => {
                self.ignored.push(format!("{name}{}", fate.trim_start_matches("ignored")));
            }
            _ => {}
        }
        let Some(result) = line.strip_prefix("test result: ") else { return };
        let numbers = result.split_once(". ").map_or("", |(_, numbers)| numbers);
        for part in numbers.split("; ") {
            match part.split_once(' ') {
                Some((count, "passed")) => self.passed += count.parse::<usize>().unwrap_or(0),
                Some((count, "failed")) => self.failed += count.parse::<usize>().unwrap_or(0),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_programs_add_up() {
        let mut tally = Tally::default();
        for line in [
            "test record::a_clash_keeps_both ... ok",
            "test record::nothing_is_lost ... FAILED",
            "test speed::of_a_key ... ignored, needs a quiet machine",
            "test result: FAILED. 12 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ] {
            tally.read(line);
        }
        let failures = vec!["record::nothing_is_lost".to_owned()];
        let ignored = vec!["speed::of_a_key, needs a quiet machine".to_owned()];
        assert_eq!(tally, Tally { passed: 15, failed: 1, failures, ignored });
    }
}
