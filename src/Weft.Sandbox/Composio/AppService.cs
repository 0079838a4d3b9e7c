namespace Weft.Sandbox.Composio;

/// <summary>What the parts of Composio's API share.</summary>
/// <param name="State">The world behind the apps.</param>
/// <param name="Catalog">The apps and their tools.</param>
/// <param name="Clock">Dates what happens.</param>
/// <param name="RequireConnections">Whether a user needs a connected account.</param>
internal sealed record AppService(SandboxState State, ToolCatalog Catalog, TimeProvider Clock, bool RequireConnections);
