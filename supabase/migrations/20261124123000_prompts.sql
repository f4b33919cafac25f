-- What My prompts asks of one person's pictures, however many there are of everybody's: their stars and their models.

set local search_path = pentagram, extensions, public;

create index creations_own on creations (account_id, request_id) include (rating, model);
