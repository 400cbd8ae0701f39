"""Tests of playbook.laws."""
