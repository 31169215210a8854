"""What is shown of the measures: pictures as SVG and PNG, and the report page of a place."""
