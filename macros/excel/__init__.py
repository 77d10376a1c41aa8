"""Excel: VBA add-in with a ribbon, and a workbook of sheet buttons."""
