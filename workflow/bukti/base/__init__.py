"""The ground floor: records and pure functions that know neither disk nor process."""
