"""Tests of playbook.simulation."""
