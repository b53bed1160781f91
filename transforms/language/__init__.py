"""What the transforms share about language: sentences, months and dates, detection."""
