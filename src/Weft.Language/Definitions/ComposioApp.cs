namespace Weft.Language.Definitions;

/// <summary>An app of <c>composio.apps</c>.</summary>
/// <param name="Name">The toolkit, such as <c>shopify</c>.</param>
/// <param name="EntityIdSource">The key of the context (else of the input) that holds the entity whose account is used.</param>
/// <param name="Actions">The actions that may be used; empty: all.</param>
public sealed record ComposioApp(string Name, string? EntityIdSource, IReadOnlyList<string> Actions);
