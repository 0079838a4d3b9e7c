using System.Text.Json.Nodes;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests.Harness;

/// <summary>What customers ask of the workflow that the product was made for.</summary>
internal static class Customers
{
    public const string Workflow = "customer_support_advanced";

    /// <summary>The tools that a return takes, in their order.</summary>
    public static readonly string[] ReturnTools =
        ["SHOPIFY_GET_ORDER", "SHOPIFY_CREATE_RETURN", "SHOPIFY_GENERATE_RETURN_LABEL", "GMAIL_SEND_EMAIL"];

    public static JsonObject Return(string order) =>
        new() { ["customer_message"] = $"I want to return my order #{order}, it arrived damaged" };

    public static JsonObject Context(string order) => Json($$"""
        {"conversation_id":"conv_{{order}}","customer_id":"cust_{{order}}","customer_email":"c{{order}}@example.com","agent_id":"agent_7"}
        """);
}
