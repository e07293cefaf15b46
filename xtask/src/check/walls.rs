//! Walls between rooms: words that may appear in one place only.
//!
//! A wall is a row of the table. Comments may say anything; tests may look over a wall.

use super::tidy::Source;

/// Words that a room may not use.
struct Wall {
    /// Where the wall stands.
    room: &'static str,
    /// Where, inside, the words are at home: beginnings of paths.
    except: &'static [&'static str],
    words: &'static [&'static str],
    why: &'static str,
}

const WALLS: [Wall; 9] = [
    Wall {
        room: "shared/src/",
        except: &[],
        words: &[
            "std::time",
            "std::fs",
            "std::net",
            "std::env",
            "std::thread",
            "tokio",
            "rand::",
            "async fn",
        ],
        why: "shared is pure: time, chance and I/O come in as arguments",
    },
    Wall {
        room: "shared/src/",
        except: &[],
        words: &["Timestamp::now", "Zoned::now", "Uuid::now_v7(", "Uuid::new_v4("],
        why: "shared is pure: time and ids come in as arguments",
    },
    Wall {
        room: "frontend/src/",
        except: &["frontend/src/store"],
        words: &["indexed_db", "IdbDatabase", "IdbFactory"],
        why: "only the store knows IndexedDB",
    },
    Wall {
        room: "frontend/src/",
        except: &["frontend/src/api"],
        words: &["/api/", "gloo_net"],
        why: "only the api knows addresses",
    },
    Wall {
        room: "frontend/src/",
        except: &["frontend/src/prelude.rs", "frontend/src/signal.rs"],
        words: &["leptos::prelude", "Memo::new("],
        why: "`crate::prelude` has the smaller `view!` and signals",
    },
    Wall {
        room: "frontend/src/components",
        except: &[],
        words: &["crate::store", "crate::sync", "crate::api"],
        why: "components get props and give events",
    },
    Wall {
        room: "backend/src/",
        except: &["backend/src/store"],
        words: &["sqlx::query", "query_as(", "query_scalar("],
        why: "only the store knows SQL",
    },
    Wall {
        room: "backend/src/",
        except: &["backend/src/files"],
        words: &["object_store"],
        why: "only files knows where their bytes are",
    },
    Wall {
        room: "backend/src/",
        except: &["backend/src/http"],
        words: &["StatusCode"],
        why: "only http knows statuses",
    },
];

/// Every line of a file that reaches over a wall.
pub fn complaints(source: &Source) -> Vec<String> {
    if !source.path.ends_with(".rs") || source.is_test() {
        return Vec::new();
    }
    let walls = WALLS.iter().filter(|wall| {
        source.path.starts_with(wall.room) && !wall.except.iter().any(|room| source.path.starts_with(room))
    });
    let complaints_of = |wall: &Wall| -> Vec<String> {
        let lines = source.text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        lines
            .filter_map(|(index, line)| {
                let word = wall.words.iter().find(|word| line.contains(**word))?;
                Some(format!("{}:{}: `{word}`: {}", source.path, index + 1, wall.why))
            })
            .collect()
    };
    walls.flat_map(complaints_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> usize {
        complaints(&Source { path: path.to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn a_word_is_at_home_in_its_room_only() {
        assert_eq!(of("backend/src/http/error.rs", "StatusCode::OK"), 0);
        assert_eq!(of("backend/src/store/units.rs", "StatusCode::OK"), 1);
        assert_eq!(of("backend/src/ledger.rs", "sqlx::query(\"\")"), 1);
        assert_eq!(of("frontend/src/pages/home.rs", "let url = \"/api/v1/session\";"), 1);
        assert_eq!(of("shared/src/duty.rs", "std::time::SystemTime::now()"), 1);
    }

    #[test]
    fn comments_and_tests_may_say_anything() {
        assert_eq!(of("shared/src/duty.rs", "    // std::time would make this impure."), 0);
        assert_eq!(of("shared/src/duty/tests.rs", "std::fs::read(\"golden\")"), 0);
    }
}
