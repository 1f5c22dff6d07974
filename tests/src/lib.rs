//! Real servers and shared helpers of the tests.
