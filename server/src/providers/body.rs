//! The body of a provider's answer: no more of it than may be, and read through whatever coding it came in.

use std::io::Read;

use bytes::Bytes;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use reqwest::Response;
use reqwest::header::CONTENT_ENCODING;

use super::error::Unread;
use super::room::{NoRoom, Place};

/// A body as it came. Clones share its bytes.
#[derive(Clone)]
pub(super) struct Body {
    bytes: Bytes,
    /// What it is coded in; empty for nothing.
    coding: String,
}

/// Why a body did not come.
pub(super) enum NoBody {
    /// It is longer than may be, coded as it is.
    TooLarge,
    /// There was no room for it in time.
    NoRoom,
    /// The connection failed, or took too long.
    Failed(reqwest::Error),
}

impl From<NoRoom> for NoBody {
    fn from(NoRoom: NoRoom) -> Self {
        Self::NoRoom
    }
}

impl Body {
    /// Takes the body of an answer into its place, unless it is longer than any may be: then the rest is not even waited
    /// for.
    pub(super) async fn of(mut answer: Response, place: &mut Place<'_>) -> Result<Self, NoBody> {
        let told = answer.content_length().unwrap_or_default();
        if told > place.most() {
            return Err(NoBody::TooLarge);
        }
        place.holds(told).await?;
        let coding = answer.headers().get(CONTENT_ENCODING).map(|coding| coding.as_bytes().trim_ascii());
        let coding = String::from_utf8_lossy(coding.unwrap_or_default()).to_ascii_lowercase();
        let mut bytes = Vec::with_capacity(usize::try_from(told).unwrap_or_default());
        while let Some(chunk) = answer.chunk().await.map_err(NoBody::Failed)? {
            let length = (bytes.len() + chunk.len()) as u64;
            if length > place.most() {
                return Err(NoBody::TooLarge);
            }
            place.holds(length).await?;
            bytes.extend_from_slice(&chunk);
        }
        Ok(Self { bytes: bytes.into(), coding })
    }

    /// Its bytes without their coding, `most` at most: a few of them may stand for very many.
    pub(super) fn decoded(self, codings: &[&str], most: u64) -> Result<Bytes, Unread> {
        let Self { bytes, coding } = self;
        let coding = coding.strip_prefix("x-").unwrap_or(&coding);
        match coding {
            "" | "identity" => Ok(bytes),
            unread if !codings.contains(&unread) => Err(Unread::NotAsAgreed),
            "gzip" => whole(MultiGzDecoder::new(&*bytes), most),
            // Some send what DEFLATE makes as it is, without the frame that HTTP wants around it.
            "deflate" => whole(ZlibDecoder::new(&*bytes), most).or_else(|failed| match failed {
                Unread::NotAsAgreed => whole(DeflateDecoder::new(&*bytes), most),
                Unread::TooLarge => Err(failed),
            }),
            _ => Err(Unread::NotAsAgreed),
        }
    }
}

fn whole(decoder: impl Read, most: u64) -> Result<Bytes, Unread> {
    let mut bytes = Vec::new();
    // One more than may be tells that it is too long.
    let read = decoder.take(most + 1).read_to_end(&mut bytes);
    match read {
        Err(_) => Err(Unread::NotAsAgreed),
        Ok(read) if read as u64 > most => Err(Unread::TooLarge),
        Ok(_) => Ok(bytes.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"[1, 2, 3]";

    fn decoded(coding: &str, bytes: Vec<u8>) -> Result<Bytes, Unread> {
        Body { bytes: bytes.into(), coding: coding.into() }.decoded(&["gzip", "deflate"], 9)
    }

    #[test]
    fn each_coding_is_undone() -> std::io::Result<()> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(TEXT)?;
        let gzip = gzip.finish()?;
        let mut framed = ZlibEncoder::new(Vec::new(), Compression::default());
        framed.write_all(TEXT)?;
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
        bare.write_all(TEXT)?;
        let cut = gzip[..gzip.len() - 3].to_vec();
        let all =
            [("gzip", gzip.clone()), ("x-gzip", gzip), ("deflate", framed.finish()?), ("deflate", bare.finish()?)];
        for (coding, bytes) in all.into_iter().chain([("", TEXT.to_vec()), ("identity", TEXT.to_vec())]) {
            assert_eq!(decoded(coding, bytes), Ok(TEXT.into()), "{coding}");
        }
        for (coding, bytes) in
            [("br", TEXT.to_vec()), ("gzip", TEXT.to_vec()), ("gzip", cut), ("gzip, gzip", TEXT.to_vec())]
        {
            assert_eq!(decoded(coding, bytes), Err(Unread::NotAsAgreed), "{coding}");
        }
        Ok(())
    }

    #[test]
    fn what_stands_for_too_much_is_not_unpacked() -> std::io::Result<()> {
        let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
        for _ in 0..1_000 {
            bomb.write_all(&[b' '; 10_000])?;
        }
        assert_eq!(decoded("gzip", bomb.finish()?), Err(Unread::TooLarge));
        Ok(())
    }
}
