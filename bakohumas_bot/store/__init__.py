"""The only room that touches the database: tables, migrations, and the one door that moves a delivery's state."""
