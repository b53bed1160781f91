"""Sample copy (`raw`), its expected rows (`expected`) and reference data (`reference`): data only, no code."""
