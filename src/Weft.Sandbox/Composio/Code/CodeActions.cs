using System.Text.Json.Nodes;
using Weft.Sandbox.Composio.Shop;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio.Code;

internal sealed record Issue(string Id, string Repository, int Number, string Title, string? Body, string State, IReadOnlyList<string> Labels, DateTimeOffset CreatedAt)
{
    public const string Table = "issues";
}

/// <summary>The code host's actions. Every repository exists; issues are kept.</summary>
internal static class CodeActions
{
    public static IEnumerable<KeyValuePair<string, Func<ActionCall, ActionResult>>> All =>
    [
        new("GITHUB_GET_THE_AUTHENTICATED_USER", call => ActionResult.Ok(new JsonObject { ["login"] = "sandbox-bot", ["id"] = 1, ["type"] = "User", ["name"] = "Sandbox Bot", ["email"] = "bot@example.com" })),
        new("GITHUB_GET_A_REPOSITORY", GetRepository),
        new("GITHUB_LIST_REPOSITORY_ISSUES", ListIssues),
        new("GITHUB_GET_AN_ISSUE", call => Issues(call).FirstOrDefault(issue => issue.Number == call.Number("issue_number", 0)) is { } found
            ? ActionResult.Ok(View(found))
            : ActionResult.Fail($"404: issue {call.Number("issue_number", 0)} of {Repository(call)} not found")),
        new("GITHUB_CREATE_AN_ISSUE", CreateIssue),
    ];

    private static ActionResult GetRepository(ActionCall call)
    {
        var seed = Digest.Number(Repository(call));
        return ActionResult.Ok(new JsonObject
        {
            ["id"] = (long)(seed % 1_000_000_000),
            ["name"] = call.Text("repo"),
            ["full_name"] = Repository(call),
            ["owner"] = new JsonObject { ["login"] = call.Text("owner") },
            ["description"] = $"The {call.Text("repo")} repository",
            ["default_branch"] = "main",
            ["language"] = "C#",
            ["stargazers_count"] = (int)(seed % 5000),
            ["open_issues_count"] = Issues(call).Count(issue => issue.State == "open"),
            ["html_url"] = $"https://github.com/{Repository(call)}",
        });
    }

    private static ActionResult ListIssues(ActionCall call)
    {
        var state = call.Text("state") ?? "open";
        return ActionResult.Ok(new JsonObject { ["issues"] = new JsonArray([.. Issues(call).Where(issue => state == "all" || issue.State == state).Reverse().Take(call.Number("per_page", 30)).Select(View)]) });
    }

    private static ActionResult CreateIssue(ActionCall call)
    {
        var number = Issues(call).Count() + 1;
        var issue = new Issue($"{Repository(call)}#{number}", Repository(call), number, call.Text("title")!, call.Text("body"), "open",
            [.. (call.Arguments.Arr("labels") ?? []).Select(label => label.AsText()).OfType<string>()], call.Now);
        call.State.Put(Issue.Table, issue.Id, issue);
        return ActionResult.Ok(View(issue));
    }

    private static IEnumerable<Issue> Issues(ActionCall call) => call.State.All<Issue>(Issue.Table).Where(issue => issue.Repository == Repository(call));

    private static string Repository(ActionCall call) => $"{call.Text("owner")}/{call.Text("repo")}";

    private static JsonObject View(Issue issue) => new()
    {
        ["number"] = issue.Number,
        ["title"] = issue.Title,
        ["body"] = issue.Body,
        ["state"] = issue.State,
        ["labels"] = new JsonArray([.. issue.Labels.Select(label => new JsonObject { ["name"] = label })]),
        ["html_url"] = $"https://github.com/{issue.Repository}/issues/{issue.Number}",
        ["created_at"] = OrderView.Time(issue.CreatedAt),
    };
}
