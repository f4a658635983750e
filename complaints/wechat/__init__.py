"""The bureau's WeChat official account: what the platform sends, and what people are answered."""
