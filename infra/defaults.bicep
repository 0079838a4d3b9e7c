// For main.bicepparam: a variable that is set to nothing, as a workflow sets those it does not know, counts as not set.
@export()
@description('A value, or what stands for it where it is empty.')
func either(value string, other string) string => empty(value) ? other : value

@export()
@description('A list that is written with commas.')
func list(value string) array => empty(value) ? [] : map(split(value, ','), item => trim(item))

@export()
@description('An object with one member; without it where the value is empty.')
func member(name string, value string) object => empty(value) ? {} : { '${name}': value }
