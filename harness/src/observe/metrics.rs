//! Metrics in Prometheus's text format, as far as scenarios need them: sums by name.

/// What `/metrics` said at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    samples: Vec<(String, u64)>,
}

impl Metrics {
    /// Reads the text. Samples that are not whole numbers, as sums of latencies, are left out.
    pub fn read(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let samples = lines.filter_map(|line| {
            let (series, value) = line.rsplit_once(' ')?;
            Some((series.to_owned(), value.parse().ok()?))
        });
        Self { samples: samples.collect() }
    }

    /// One series, as `CacheHit{layer="in-memory"}`, or the sum over every series of this name; 0 when there is none.
    pub fn count(&self, name: &str) -> u64 {
        let named = self.samples.iter().filter(|(series, _)| series == name || series.split('{').next() == Some(name));
        named.map(|(_, value)| value).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::Metrics;

    #[test]
    fn series_of_one_name_are_summed() {
        let text = "# TYPE CacheHit counter\nCacheHit{layer=\"a\"} 2\nCacheHit{layer=\"b\"} 3\nCacheHits 9\nMs 1.5\n";
        let metrics = Metrics::read(text);
        assert_eq!(metrics.count("CacheHit"), 5);
        assert_eq!(metrics.count("CacheHit{layer=\"a\"}"), 2);
        assert_eq!(metrics.count("CacheMiss"), 0);
    }
}
