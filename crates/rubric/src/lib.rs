//! What a rubric (指标体系) is.
