//! Where the bytes of files are kept, as the command line and the surroundings say it.
//!
//! Invariant: the credentials of a bucket come from the surroundings only: a command line is seen by everybody on the
//! machine.

use super::BadArguments;
use crate::files::{
    Home,
    bucket::{Address, Keys},
};

/// What stands where no region was named: servers other than Amazon's do not mind.
const REGION: &str = "us-east-1";

/// What was said of a bucket.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// `s3://bucket/prefix`.
    pub(super) bucket: Option<String>,
    /// `https://host`.
    pub(super) endpoint: Option<String>,
    /// The region.
    pub(super) region: Option<String>,
}

impl Said {
    /// What the surroundings say, which the command line may say otherwise.
    pub(super) fn in_surroundings(surroundings: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            bucket: surroundings("LANTOA_FILES_BUCKET"),
            endpoint: surroundings("LANTOA_FILES_ENDPOINT"),
            region: surroundings("LANTOA_FILES_REGION"),
        }
    }

    /// Where files are kept.
    pub(super) fn home(self, surroundings: impl Fn(&str) -> Option<String>) -> Result<Home, BadArguments> {
        let Some(said) = self.bucket else {
            if self.endpoint.is_some() || self.region.is_some() {
                return Err(BadArguments("--files-endpoint and --files-region need --files-bucket".into()));
            }
            return Ok(Home::Directory);
        };
        let (bucket, prefix) = bucket(&said).ok_or_else(|| {
            BadArguments("--files-bucket needs a bucket such as s3://lantoa/files, in small letters".into())
        })?;
        let key = |name: &'static str| {
            surroundings(name).ok_or_else(|| {
                BadArguments(format!("--files-bucket needs {name} in the environment, which is not set"))
            })
        };
        let endpoint = self.endpoint.map(|said| endpoint(&said)).transpose()?;
        Ok(Home::Bucket(Address {
            bucket,
            prefix,
            endpoint,
            region: self.region.unwrap_or_else(|| REGION.to_owned()),
            keys: Keys { id: key("AWS_ACCESS_KEY_ID")?, secret: key("AWS_SECRET_ACCESS_KEY")? },
        }))
    }
}

/// The bucket and what stands before every name in it.
fn bucket(said: &str) -> Option<(String, String)> {
    let bare = said.strip_prefix("s3://")?;
    let (bucket, prefix) = bare.split_once('/').unwrap_or((bare, ""));
    let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
    let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_bucket = (3..=63).contains(&bucket.len())
        && bucket.bytes().all(|byte| is_small(byte) || matches!(byte, b'-' | b'.'))
        && [bucket.bytes().next(), bucket.bytes().last()].into_iter().flatten().all(is_small);
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.bytes().all(|byte| byte == b'.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    let is_prefix = prefix.is_empty() || prefix.split('/').all(is_part);
    (is_bucket && is_prefix).then(|| (bucket.to_owned(), prefix.to_owned()))
}

/// The address of a server: scheme and host, and nothing after them but a slash.
fn endpoint(said: &str) -> Result<String, BadArguments> {
    let bare = said.strip_suffix('/').unwrap_or(said);
    let host = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"));
    if host.is_some_and(crate::http::site::is_host) {
        Ok(bare.to_owned())
    } else {
        Err(BadArguments("--files-endpoint needs an address such as https://s3.example".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_named_by_its_address() {
        for (said, expected) in [
            ("s3://lantoa", Some(("lantoa", ""))),
            ("s3://lantoa/", Some(("lantoa", ""))),
            ("s3://lan-toa.hue/a/b_c", Some(("lan-toa.hue", "a/b_c"))),
            ("s3://lantoa/a/", Some(("lantoa", "a"))),
            ("lantoa", None),
            ("s3://", None),
            ("s3://Lantoa", None),
            ("s3://-lantoa", None),
            ("s3://lantoa//a", None),
            ("s3://lantoa/..", None),
            ("s3://lantoa/a b", None),
        ] {
            let expected = expected.map(|(bucket, prefix)| (bucket.to_owned(), prefix.to_owned()));
            assert_eq!(bucket(said), expected, "{said}");
        }
    }

    #[test]
    fn a_bucket_needs_its_keys_and_never_shows_them() {
        let said = || Said { bucket: Some("s3://lantoa/a".into()), ..Said::default() };
        let told = said().home(|_| None).unwrap_err().to_string();
        assert!(told.contains("AWS_ACCESS_KEY_ID"), "{told}");
        let home = said().home(|name| Some(format!("the {name}"))).unwrap();
        let shown = format!("{home:?}");
        assert!(!shown.contains("AWS"), "{shown}");
        let alone = Said { region: Some("hue".into()), ..Said::default() };
        assert!(alone.home(|_| None).is_err());
        let odd = Said { endpoint: Some("s3.example".into()), ..said() };
        assert!(odd.home(|_| Some("key".into())).is_err());
        assert_eq!(Said::default().home(|_| None).unwrap(), Home::Directory);
    }
}
