"""How the kinds of spending of the measures of 2017 stand in the chart of accounts of 2021."""
