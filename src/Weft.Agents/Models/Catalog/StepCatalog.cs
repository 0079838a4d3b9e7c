namespace Weft.Agents.Models.Catalog;

/// <summary>A catalog, and the <c>env</c> entries that its models' keys may read.</summary>
internal sealed record StepCatalog(ModelCatalog Models, IReadOnlyDictionary<string, string> Env);
