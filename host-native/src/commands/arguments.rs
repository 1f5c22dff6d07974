//! Arguments that are more than a value: how a stream is trimmed, where a search begins, what is done to bits.

use super::choices::GeoUnit;
use crate::command::{Args, CommandWriter, IntegerArg, NumberArg, OneArg, ToArg};

/// How a stream is cut: `MAXLEN` or `MINID`, with their own options.
///
/// ```
/// use slotpipe::commands::Trim;
///
/// let about_a_thousand = Trim::maxlen(1000).approximately().limit(50);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Trim {
    strategy: &'static str,
    approximately: bool,
    threshold: Args,
    limit: Option<i128>,
}

impl Trim {
    /// Keeps the newest `threshold` entries.
    pub fn maxlen(threshold: impl IntegerArg) -> Self {
        Self { strategy: "MAXLEN", approximately: false, threshold: Args::of(threshold), limit: None }
    }

    /// Keeps entries from this id on.
    pub fn minid(threshold: impl OneArg) -> Self {
        Self { strategy: "MINID", approximately: false, threshold: Args::of(threshold), limit: None }
    }

    /// Keeps a few more where that is cheaper: `~`.
    pub fn approximately(mut self) -> Self {
        self.approximately = true;
        self
    }

    /// Removes so many entries at most; only together with [`Trim::approximately`].
    pub fn limit(mut self, count: impl IntegerArg) -> Self {
        self.limit = Some(count.integer());
        self
    }
}

impl ToArg for Trim {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(self.strategy).arg(if self.approximately { "~" } else { "=" }).arg(&self.threshold);
        if let Some(limit) = self.limit {
            out.arg("LIMIT").arg(limit);
        }
    }
}

/// Where a search begins.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct GeoOrigin(Args);

impl GeoOrigin {
    /// Where this member is.
    pub fn member(member: impl OneArg) -> Self {
        Self(Args::of(("FROMMEMBER", member)))
    }

    /// Here, in degrees.
    pub fn position(longitude: impl NumberArg, latitude: impl NumberArg) -> Self {
        Self(Args::of(("FROMLONLAT", longitude, latitude)))
    }
}

impl ToArg for GeoOrigin {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(&self.0);
    }
}

/// How far a search reaches.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct GeoShape(Args);

impl GeoShape {
    /// So far in every direction.
    pub fn radius(radius: impl NumberArg, unit: GeoUnit) -> Self {
        Self(Args::of(("BYRADIUS", radius, unit)))
    }

    /// Within a box around the origin.
    pub fn rectangle(width: impl NumberArg, height: impl NumberArg, unit: GeoUnit) -> Self {
        Self(Args::of(("BYBOX", width, height, unit)))
    }
}

impl ToArg for GeoShape {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(&self.0);
    }
}

/// What is done to the integers in a string, in order; each `get`, `set` and `incrby` gives one element of the reply.
///
/// An encoding is `u8` or `i16` and the like; an offset counts bits, or integers of the encoding's size behind a `#`.
///
/// ```
/// use slotpipe::commands::Bitfield;
///
/// let operations = Bitfield::new().incrby("i5", 100, 1).overflow_fail().set("u4", "#1", 3).get("u4", 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct Bitfield(Args);

impl Bitfield {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads.
    pub fn get(self, encoding: impl OneArg, offset: impl OneArg) -> Self {
        self.and(("GET", encoding, offset))
    }

    /// Writes, and answers what was there.
    pub fn set(self, encoding: impl OneArg, offset: impl OneArg, value: impl IntegerArg) -> Self {
        self.and(("SET", encoding, offset, value))
    }

    /// Adds, and answers the sum.
    pub fn incrby(self, encoding: impl OneArg, offset: impl OneArg, increment: impl IntegerArg) -> Self {
        self.and(("INCRBY", encoding, offset, increment))
    }

    /// From here on, what is too large begins again at the other end. This is the default.
    pub fn overflow_wrap(self) -> Self {
        self.and(("OVERFLOW", "WRAP"))
    }

    /// From here on, what is too large stays at the limit.
    pub fn overflow_sat(self) -> Self {
        self.and(("OVERFLOW", "SAT"))
    }

    /// From here on, what is too large is not done, and the answer is null.
    pub fn overflow_fail(self) -> Self {
        self.and(("OVERFLOW", "FAIL"))
    }

    fn and(mut self, operation: impl ToArg) -> Self {
        self.0.push(operation);
        self
    }
}

impl ToArg for Bitfield {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(&self.0);
    }
}

/// A vector of floating point numbers.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Vector(Args);

impl Vector {
    /// 32-bit floats, little endian, as one string.
    pub fn fp32(floats: impl OneArg) -> Self {
        Self(Args::of(("FP32", floats)))
    }

    /// Numbers one by one.
    pub fn values(values: impl ToArg) -> Self {
        Self(Args::of(("VALUES", Args::counted(1, values))))
    }
}

impl ToArg for Vector {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(&self.0);
    }
}

/// What others are compared with.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct VectorQuery(Args);

impl VectorQuery {
    /// An element of the same set.
    pub fn element(element: impl OneArg) -> Self {
        Self(Args::of(("ELE", element)))
    }

    /// A vector.
    pub fn vector(vector: Vector) -> Self {
        Self(vector.0)
    }
}

impl ToArg for VectorQuery {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(&self.0);
    }
}

/// What values must be like, one predicate after the other.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct Predicates(Args);

impl Predicates {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Exactly this.
    pub fn exact(self, text: impl OneArg) -> Self {
        self.and("EXACT", text)
    }

    /// With this inside.
    pub fn matches(self, text: impl OneArg) -> Self {
        self.and("MATCH", text)
    }

    /// Like this pattern with `*`, `?` and `[…]`.
    pub fn glob(self, pattern: impl OneArg) -> Self {
        self.and("GLOB", pattern)
    }

    /// Like this regular expression.
    pub fn re(self, pattern: impl OneArg) -> Self {
        self.and("RE", pattern)
    }

    fn and(mut self, token: &str, value: impl OneArg) -> Self {
        self.0.push((token, value));
        self
    }
}

impl ToArg for Predicates {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(&self.0);
    }
}
