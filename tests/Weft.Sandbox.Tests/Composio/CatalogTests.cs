using System.Net;
using System.Text.Json.Nodes;

namespace Weft.Sandbox.Tests.Composio;

public sealed class CatalogTests : SandboxTest
{
    [Fact]
    public async Task Tools_InPages_ComeOnceEach()
    {
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync($"tools?limit=7{(cursor is null ? string.Empty : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            seen.AddRange(page["items"]!.AsArray().Select(tool => (string)tool!["slug"]!));
            cursor = (string?)page["next_cursor"];
            Assert.True(seen.Count <= (int)page["total_items"]!);
        }
        while (cursor is not null);

        var all = (await GetAsync("tools/enum")).AsArray().Select(slug => (string)slug!).ToList();
        Assert.Equal(all, seen);
    }

    [Theory]
    [InlineData("tools?toolkit_slug=gmail", "GMAIL_SEND_EMAIL", "SLACK_SEND_MESSAGE")]
    [InlineData("tools?search=return%20label", "SHOPIFY_GENERATE_RETURN_LABEL", "GMAIL_SEND_EMAIL")]
    [InlineData("tools?tool_slugs=SLACK_SEND_MESSAGE,GMAIL_SEND_EMAIL", "SLACK_SEND_MESSAGE", "SHOPIFY_GET_ORDER")]
    [InlineData("tools?tags=readOnlyHint&limit=100", "SHOPIFY_GET_ORDER", "SHOPIFY_CREATE_REFUND")]
    [InlineData("tools?toolkit_slug=shopify&important=true&limit=100", "SHOPIFY_GET_ORDER", "SHOPIFY_GET_RETURN")]
    [InlineData("tools?toolkit_slug=shopify&include_deprecated=false&limit=100", "SHOPIFY_GET_ORDER", "SHOPIFY_GET_ORDERSBY_ID")]
    public async Task Tools_Filtered_HoldWhatFitsAndNothingElse(string query, string held, string missing)
    {
        var slugs = (await GetAsync(query))["items"]!.AsArray().Select(tool => (string?)tool!["slug"]).ToList();

        Assert.Contains(held, slugs);
        Assert.DoesNotContain(missing, slugs);
    }

    [Fact]
    public async Task Tool_BySlug_HasSchemasVersionAndTags()
    {
        var tool = await GetAsync("tools/SHOPIFY_GET_ORDER");

        Assert.Equal("order_id", (string?)tool["input_parameters"]!["required"]![0]);
        Assert.Equal("20260916_00", (string?)tool["version"]);
        Assert.Contains(tool["tags"]!.AsArray(), tag => (string?)tag == "readOnlyHint");
        Assert.Equal("shopify", (string?)tool["toolkit"]!["slug"]);
    }

    [Theory]
    [InlineData("tools/SHOPIFY_CANCEL_ORDER", HttpStatusCode.Gone)]
    [InlineData("tools/SHOPIFY_CANCEL_ORDER?version=00000000_00", HttpStatusCode.OK)]
    [InlineData("tools/GITHUB_GET_AUTHENTICATED_USER", HttpStatusCode.NotFound)]
    [InlineData("toolkits/nope", HttpStatusCode.NotFound)]
    [InlineData("no/such/path", HttpStatusCode.NotFound)]
    public async Task Catalog_ByName_AnswersWhatIsThere(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await Composio().GetAsync(path, Deadline)).StatusCode);

    [Fact]
    public async Task Toolkits_ByCategory_AreThoseOfIt()
    {
        var categories = await GetAsync("toolkits/categories");
        var found = await GetAsync("toolkits?category=" + Uri.EscapeDataString("collaboration-&-communication"));

        Assert.Contains(categories["items"]!.AsArray(), category => (string?)category!["id"] == "e-commerce");
        Assert.Equal(["gmail", "slack"], found["items"]!.AsArray().Select(toolkit => (string?)toolkit!["slug"]));
    }

    [Fact]
    public async Task Toolkit_ByName_SaysHowToConnect()
    {
        var shopify = await GetAsync("toolkits/shopify");

        Assert.Equal("OAUTH2", (string?)shopify["auth_config_details"]![0]!["mode"]);
        Assert.Equal(
            "subdomain", (string?)shopify["auth_config_details"]![0]!["fields"]!["connected_account_initiation"]!["required"]![0]!["name"]);
    }

    [Fact]
    public async Task Tools_AskedForAgainWithTheirTag_AreUnchanged()
    {
        var first = await Composio().GetAsync("tools?toolkit_slug=gmail", Deadline);
        using var again = new HttpRequestMessage(HttpMethod.Get, "tools?toolkit_slug=gmail");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        var second = await Composio().SendAsync(again, Deadline);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    private async Task<JsonNode> GetAsync(string path) => await ReadAsync(await Composio().GetAsync(path, Deadline));
}
