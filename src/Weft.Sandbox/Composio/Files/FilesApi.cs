using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio.Files;

internal sealed record StoredFile(string Key, string Name, string MimeType, string Md5, bool IsUploaded)
{
    public const string Table = "files";
}

/// <summary>Asks for a place to upload a file to: a new one, the one that has the same bytes already, or one to bring up to date.</summary>
internal sealed class FilesApi(SandboxWorld world, ComposioDialect dialect)
{
    public WireResponse Request(Exchange exchange)
    {
        if (exchange.Body.Str("filename") is not { Length: > 0 } name || exchange.Body.Str("md5") is not { Length: 32 } md5)
        {
            return dialect.Error(new WireError(400, "filename and md5 (32 hex digits) are required"));
        }

        lock (world.State.Gate)
        {
            var key = $"sandbox/{exchange.Body.Str("toolkit_slug") ?? "any"}/{Digest.Hex(name)[..12]}/{name}";
            var known = world.State.Find<StoredFile>(StoredFile.Table, key);
            var type = known is null ? "new" : known.IsUploaded && known.Md5 == md5 ? "existing" : "update";
            if (type != "existing")
            {
                world.State.Put(StoredFile.Table, key, new StoredFile(key, name, exchange.Body.Str("mimetype") ?? "application/octet-stream", md5, IsUploaded: false));
            }

            return WireResponse.Of(new JsonObject
            {
                ["id"] = Digest.Id("f_", key, 12),
                ["key"] = key,
                ["type"] = type,
                [type switch { "new" => "new_presigned_url", "existing" => "existing_url", _ => "update_presigned_url" }] = new Uri(exchange.BaseAddress, "composio/files/" + key).AbsoluteUri,
                ["metadata"] = new JsonObject { ["storage_backend"] = "s3" },
            });
        }
    }
}
