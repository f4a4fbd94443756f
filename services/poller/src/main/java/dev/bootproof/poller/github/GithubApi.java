package dev.bootproof.poller.github;

import io.quarkus.rest.client.reactive.ClientQueryParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of GitHub.
 *
 * @see <a href="https://docs.github.com/en/rest/pulls/pulls#list-pull-requests">List pull requests</a>
 */
@Path("repos/{owner}/{name}/pulls")
@ClientHeaderParam(name = "Accept", value = "application/vnd.github+json")
@ClientHeaderParam(name = "X-GitHub-Api-Version", value = "2022-11-28")
@ClientHeaderParam(name = "User-Agent", value = "bootproof")
@ClientQueryParam(name = "state", value = "open")
@ClientQueryParam(name = "sort", value = "created")
@ClientQueryParam(name = "direction", value = "asc")
@ClientQueryParam(name = "per_page", value = "100")
public interface GithubApi {
    /** One page of the open pull requests of a repository, the oldest first; any status is returned and none thrown. */
    @GET
    Response page(
            @HeaderParam("Authorization") @Nullable String authorization,
            @HeaderParam("If-None-Match") @Nullable String condition,
            @PathParam("owner") String owner,
            @PathParam("name") String name,
            @QueryParam("page") int page);
}
