using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.Composio;

/// <content>Toolkits, tools, and their execution.</content>
internal sealed partial class ComposioClient
{
    /// <summary>Lists the toolkits, page by page.</summary>
    public async IAsyncEnumerable<ComposioToolkit> ListToolkitsAsync(
        string? category, string? search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = Query(("category", category), ("search", search));
        await foreach (var item in ListAsync("toolkits", query, null, cancellationToken))
        {
            if (ComposioToolkit.Read(item) is { } toolkit)
            {
                yield return toolkit;
            }
        }
    }

    /// <summary>One toolkit; null when there is none of that slug.</summary>
    public async Task<ComposioToolkit?> GetToolkitAsync(string slug, CancellationToken cancellationToken) =>
        ComposioToolkit.Read(await FindAsync($"toolkits/{Uri.EscapeDataString(slug)}", cancellationToken));

    /// <summary>Lists every tool of a toolkit, deprecated ones too.</summary>
    /// <param name="toolkit">The toolkit's slug.</param>
    /// <param name="etag">The tag of the list that is known already; null: none.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async Task<ComposioToolList> ListToolsAsync(string toolkit, string? etag, CancellationToken cancellationToken)
    {
        var tools = new List<ComposioTool>();
        var query = Query(("toolkit_slug", toolkit));
        var first = await RepeatAsync(HttpMethod.Get, PageOf("tools", query, null, Options.PageSize), null, etag, cancellationToken);
        if (first.NotModified)
        {
            return new ComposioToolList([], etag, NotModified: true);
        }

        await foreach (var item in ListAsync("tools", query, first.Body, cancellationToken))
        {
            // The filter is Composio's; a server that does not know it would answer all tools of all toolkits.
            if (ComposioTool.Read(item) is { } tool && string.Equals(tool.Toolkit, toolkit, StringComparison.OrdinalIgnoreCase))
            {
                tools.Add(tool);
            }
        }

        return new ComposioToolList(tools, first.ETag, NotModified: false);
    }

    /// <summary>Composio's own search over all toolkits: the first page.</summary>
    public async Task<IReadOnlyList<ComposioTool>> SearchToolsAsync(string query, int limit, CancellationToken cancellationToken)
    {
        var page = await ReadAsync(PageOf("tools", Query(("search", query)), null, Math.Clamp(limit, 1, 100)), cancellationToken);
        return [.. page.Items("items").Select(ComposioTool.Read).OfType<ComposioTool>()];
    }

    /// <summary>Executes a tool, once.</summary>
    /// <param name="call">The tool, whose account, and the arguments.</param>
    /// <param name="timeout">The longest wait for the answer.</param>
    /// <param name="cancellationToken">Breaks the request off; it may have taken effect.</param>
    /// <exception cref="ComposioException">It could not be asked, or did not answer; <see cref="ComposioException.MayHaveTakenEffect"/>
    /// tells.</exception>
    public async Task<ComposioExecution> ExecuteAsync(ComposioCall call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (PauseLeft() is { Ticks: > 0 } left)
        {
            throw RateLimited(left);
        }

        var body = new JsonObject { ["arguments"] = call.Arguments.DeepClone() };
        foreach (var (name, value) in new[] { ("user_id", call.UserId), ("connected_account_id", call.ConnectedAccountId),
            ("version", call.Version) })
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }

        var ask = new Ask(HttpMethod.Post, $"tools/execute/{Uri.EscapeDataString(call.Slug)}", body)
        {
            Executes = true,
            IdempotencyKey = call.IdempotencyKey,
            Timeout = timeout,
        };
        var reply = await SendAsync(ask, cancellationToken);
        return reply.Body is JsonObject answer
            ? ComposioExecution.Read(answer)
            : throw new ComposioException(
                ComposioErrorKind.BadReply, $"Composio's answer to {call.Slug} is no object.") { MayHaveTakenEffect = true };
    }

    private async Task<JsonNode?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(path, cancellationToken);
        }
        catch (ComposioException exception) when (exception.Kind is ComposioErrorKind.NotFound or ComposioErrorKind.Gone)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<JsonNode?> ListAsync(
        string path, string query, JsonNode? firstPage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var page = firstPage ?? await ReadAsync(PageOf(path, query, null, PageSizeOf(path)), cancellationToken);
        while (true)
        {
            // Some lists have come bare, without the envelope.
            foreach (var item in page is JsonArray bare ? bare : page.Items("items"))
            {
                yield return item;
            }

            // A cursor that comes back would list for ever.
            var cursor = page.Text("next_cursor");
            if (string.IsNullOrEmpty(cursor) || !seen.Add(cursor))
            {
                yield break;
            }

            page = await ReadAsync(PageOf(path, query, cursor, PageSizeOf(path)), cancellationToken);
        }
    }

    private int PageSizeOf(string path) => path == "auth_configs" ? Math.Min(50, Options.PageSize) : Options.PageSize;

    private static string PageOf(string path, string query, string? cursor, int size) =>
        $"{path}?{query}{(query.Length == 0 ? "" : "&")}limit={size}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}";

    private static string Query(params (string Name, string? Value)[] parameters) =>
        string.Join('&', parameters.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
}
