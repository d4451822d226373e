"""What the market costs, each number beside a bare program that does the same (outside CI)."""
