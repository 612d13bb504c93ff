"""Files: uploads that can hurt nobody, and letters and reports that can be read by everybody."""
