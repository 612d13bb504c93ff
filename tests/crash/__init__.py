"""What was acknowledged survives: processes are killed as a power cut would, and looked at afterwards."""
