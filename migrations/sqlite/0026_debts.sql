-- The last evening on which teachers were told what their lessons lack.
ALTER TABLE schools ADD COLUMN debts_on DATE;
