using System.Text.Json.Nodes;

namespace Weft.Agents.Tools.Composio;

/// <summary>One page of a list; a null cursor means that it is the last.</summary>
public sealed record ComposioPage<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>A toolkit: what we call an app.</summary>
public sealed record ComposioToolkit(string Slug, string Name)
{
    public string? Description { get; init; }

    public string? LogoUrl { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> AuthSchemes { get; init; } = [];

    /// <summary>Gets the schemes that Composio has an app of its own for.</summary>
    public IReadOnlyList<string> ManagedAuthSchemes { get; init; } = [];

    public bool NoAuth { get; init; }

    public int ToolsCount { get; init; }

    public string? Version { get; init; }

    internal static ComposioToolkit? Read(JsonNode? node)
    {
        var slug = node.Text("slug");
        var meta = node.Object("meta");
        return slug is null ? null : new ComposioToolkit(slug.ToLowerInvariant(), node.Text("name") ?? slug)
        {
            Description = meta.Text("description"),
            LogoUrl = meta.Text("logo"),
            Categories = [.. meta.Items("categories").Select(c => c.Text() ?? c.Text("id") ?? c.Text("slug") ?? c.Text("name")).OfType<string>()],
            AuthSchemes = [.. node.Texts("auth_schemes").Concat(node.Items("auth_config_details").Select(d => d.Text("mode")).OfType<string>()).Distinct()],
            ManagedAuthSchemes = node.Texts("composio_managed_auth_schemes"),
            NoAuth = node.Flag("no_auth") ?? false,
            ToolsCount = meta.Number("tools_count") ?? 0,
            Version = meta.Text("version"),
        };
    }
}

/// <summary>One tool of a toolkit: what we call an action.</summary>
public sealed record ComposioTool(string Slug, string Toolkit)
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Gets the arguments' JSON Schema as Composio has it.</summary>
    public JsonObject Input { get; init; } = [];

    public JsonObject? Output { get; init; }

    public bool NoAuth { get; init; }

    /// <summary>Gets the toolkit's version that the schema is of; it is sent with each execution.</summary>
    public string? Version { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool Deprecated { get; init; }

    internal static ComposioTool? Read(JsonNode? node)
    {
        var slug = node.Text("slug");
        var toolkit = node.Object("toolkit").Text("slug") ?? node.Text("toolkit");
        return slug is null ? null : new ComposioTool(slug.ToUpperInvariant(), (toolkit ?? slug.Split('_')[0]).ToLowerInvariant())
        {
            Name = node.Text("name"),
            Description = node.Text("description"),
            Input = (JsonObject?)node.Object("input_parameters")?.DeepClone() ?? [],
            Output = (JsonObject?)node.Object("output_parameters")?.DeepClone(),
            NoAuth = node.Flag("no_auth") ?? false,
            Version = node.Text("version"),
            Tags = node.Texts("tags"),
            Deprecated = node.Flag("is_deprecated") ?? false,
        };
    }
}

/// <summary>A list that may not have changed since it was last read.</summary>
/// <param name="Tools">The tools; empty when <paramref name="NotModified"/>.</param>
/// <param name="ETag">The tag of the list, when Composio gave one.</param>
/// <param name="NotModified">Whether the list is still the one of the tag that was sent.</param>
public sealed record ComposioToolList(IReadOnlyList<ComposioTool> Tools, string? ETag, bool NotModified);

/// <summary>One execution of a tool.</summary>
public sealed record ComposioCall(string Slug, JsonObject Arguments)
{
    /// <summary>Gets whose account is used: Composio's user id, our entity id.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the one account that is used.</summary>
    public string? ConnectedAccountId { get; init; }

    public string? Version { get; init; }

    public string? IdempotencyKey { get; init; }
}

/// <summary>What an execution came to. The provider's failure is an answer, with HTTP 200: <see cref="Successful"/> tells.</summary>
public sealed record ComposioExecution(JsonNode? Data, string? Error, bool Successful, string? LogId)
{
    internal static ComposioExecution Read(JsonObject node)
    {
        var error = node.TryGetPropertyValue("error", out var raw) && raw is not null ? raw.Text() ?? raw.Text("message") ?? raw.ToJsonString() : null;
        var successful = node.Flag("successful") ?? node.Flag("successfull") ?? node.Flag("success") ?? string.IsNullOrEmpty(error);
        return new ComposioExecution(node["data"]?.DeepClone(), string.IsNullOrEmpty(error) ? null : error, successful, node.Text("log_id"));
    }
}

/// <summary>An account of an entity at an app.</summary>
public sealed record ComposioAccount(string Id, string Toolkit, string Status)
{
    public string? UserId { get; init; }

    public string? StatusReason { get; init; }

    public string? AuthConfigId { get; init; }

    public bool Disabled { get; init; }

    public bool AuthConfigDisabled { get; init; }

    public DateTime? CreatedAt { get; init; }

    public DateTime? UpdatedAt { get; init; }

    /// <summary>Gets a value indicating whether calls may use it.</summary>
    public bool Usable => Status == "ACTIVE" && !Disabled && !AuthConfigDisabled;

    internal static ComposioAccount? Read(JsonNode? node)
    {
        var id = node.Text("id");
        var auth = node.Object("auth_config");
        return id is null ? null : new ComposioAccount(id, (node.Object("toolkit").Text("slug") ?? "").ToLowerInvariant(), (node.Text("status") ?? "UNKNOWN").ToUpperInvariant())
        {
            UserId = node.Text("user_id"),
            StatusReason = node.Text("status_reason"),
            AuthConfigId = auth.Text("id"),
            Disabled = node.Flag("is_disabled") ?? false,
            AuthConfigDisabled = auth.Flag("is_disabled") ?? false,
            CreatedAt = node.Time("created_at"),
            UpdatedAt = node.Time("updated_at"),
        };
    }
}

/// <summary>How an app's accounts sign in.</summary>
public sealed record ComposioAuthConfig(string Id, string Toolkit, string? Scheme, bool Managed, bool Enabled)
{
    internal static ComposioAuthConfig? Read(JsonNode? node)
    {
        var body = node.Object("auth_config") ?? node;
        var id = body.Text("id");
        var toolkit = node.Object("toolkit").Text("slug") ?? body.Object("toolkit").Text("slug") ?? "";
        return id is null ? null : new ComposioAuthConfig(
            id,
            toolkit.ToLowerInvariant(),
            body.Text("auth_scheme") ?? body.Text("authScheme"),
            body.Flag("is_composio_managed") ?? false,
            !string.Equals(body.Text("status"), "DISABLED", StringComparison.OrdinalIgnoreCase) && !(body.Flag("is_disabled") ?? false));
    }
}

/// <summary>Where a user goes to connect an account.</summary>
public sealed record ComposioLink(string ConnectedAccountId, string RedirectUrl, DateTime? ExpiresAt);
